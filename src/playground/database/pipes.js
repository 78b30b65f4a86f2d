/**
 * Byte pipes over a MessagePort, the same for both servers and in both directions:
 * {connection, open: true} opens, {connection, data: Uint8Array} carries, {connection, data: null}
 * closes. The client chooses the numbers.
 */

/** @typedef {{connection: number, open?: boolean, data?: Uint8Array | null}} Packet */
/** @typedef {(data: Uint8Array | null) => void} Send */
/** @typedef {{receive: (data: Uint8Array) => void, end: () => void}} Connection */

/**
 * @param {MessagePort} port
 * @param {(send: Send) => Connection} connect  makes the server's end of a connection
 * @returns {() => void}  closes all connections of this port, and the port
 */
export function servePipes(port, connect) {
  /** @type {Map<number, Connection>} */
  const connections = new Map();
  const open = (/** @type {number} */ number) => {
    const send = (/** @type {Uint8Array | null} */ data) => {
      if (data === null) connections.delete(number);
      port.postMessage({ connection: number, data });
    };
    connections.set(number, connect(send));
  };
  const closeAll = () => {
    for (const connection of [...connections.values()]) connection.end();
  };
  port.onmessage = ({ data: packet }) => {
    const { connection, data, open: opening } = /** @type {Packet} */ (packet);
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
