/**
 * Byte pipes over a MessagePort, the same for both servers and in both directions:
 * {connection, open: true} opens, {connection, data: Uint8Array} carries, {connection, data: null}
 * closes. The client chooses the numbers. {idle: number} says that the client does nothing until
 * something arrives, and how many packets it has had so far.
 */

/** @typedef {{connection: number, open?: boolean, data?: Uint8Array | null, idle?: number}} Packet */
/** @typedef {(data: Uint8Array | null) => void} Send */
/** @typedef {{receive: (data: Uint8Array) => void, end: () => void}} Connection */

/**
 * @param {MessagePort} port
 * @param {(send: Send) => Connection} connect  makes the server's end of a connection
 * @param {() => void} [stuck]  called when the client waits and nothing is on its way to it
 * @returns {() => void}  closes all connections of this port, and the port
 */
export function servePipes(port, connect, stuck = () => {}) {
  /** @type {Map<number, Connection>} */
  const connections = new Map();
  let sent = 0;
  const open = (/** @type {number} */ number) => {
    const send = (/** @type {Uint8Array | null} */ data) => {
      if (data === null) connections.delete(number);
      sent += 1;
      port.postMessage({ connection: number, data });
    };
    connections.set(number, connect(send));
  };
  const closeAll = () => {
    for (const connection of [...connections.values()]) connection.end();
  };
  port.onmessage = ({ data: packet }) => {
    const { connection, data, open: opening, idle } = /** @type {Packet} */ (packet);
    if (idle !== undefined) return idle === sent ? stuck() : undefined;
    if (opening) open(connection);
    else if (data) connections.get(connection)?.receive(data);
    else connections.get(connection)?.end();
  };
  port.addEventListener("close", closeAll); // the other side is gone, where browsers tell
  return () => {
    closeAll();
    port.close();
  };
}
