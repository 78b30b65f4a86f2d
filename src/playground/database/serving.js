/** What both workers do with the page's messages. */

import { servePipes } from "./pipes.js";

/** @typedef {import("./pipes.js").Connection} Connection */
/** @typedef {{connect: (send: import("./pipes.js").Send) => Connection, reset: () => Promise<void>}} Serving */

/** The worker's own scope: tests run it in Node, whose workers look otherwise. @typedef {any} Scope */

/**
 * @template Start
 * @param {(message: Start, onbytes: (loaded: number) => void) => Promise<Serving>} start
 */
export function serveWorker(start) {
  const scope = /** @type {Scope} */ (globalThis);
  /** @type {Map<string, () => void>} */
  const ports = new Map();
  const early = /** @type {any[]} */ ([]);
  /** @type {Serving | null} */
  let server = null;
  let loaded = 0;

  /** @param {number} bytes */
  const progress = (bytes) => scope.postMessage({ type: "progress", loaded: (loaded += bytes) });

  /** @param {unknown} error */
  const fail = (error) => scope.postMessage({ type: "failed", message: String(error) });

  /** @param {any} message */
  const begin = async (message) => {
    server = await start(message, progress);
    scope.postMessage({ type: "ready" });
    for (const waiting of early.splice(0)) handle(waiting);
  };

  /** @param {any} message */
  const handle = (message) => {
    const { type, name, port } = message;
    if (type === "start") begin(message).catch(fail);
    else if (!server) early.push(message);
    else if (type === "connect") {
      const { connect } = server;
      ports.get(name)?.();
      ports.set(name, servePipes(port, (send) => connect.call(server, send)));
    } else if (type === "disconnect") ports.get(name)?.();
    else if (type === "reset") server.reset().then(() => scope.postMessage({ type: "reset" }), fail);
  };
  scope.onmessage = (/** @type {MessageEvent} */ event) => handle(event.data);
}
