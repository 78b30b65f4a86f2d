/** What both workers do with the page's messages. */

import { servePipes } from "./pipes.js";

/** @typedef {import("./pipes.js").Connection} Connection */
/** @typedef {import("./pipes.js").Send} Send */
/** @typedef {{connect: (send: Send) => Connection, reset: () => Promise<void>, stuck?: () => void}} Serving */

/**
 * @template Message
 * @typedef {(message: Message, onbytes: (size: number) => void) => Promise<Serving>} Start
 */

/** The worker's own scope: tests run it in Node, whose workers look otherwise. @typedef {any} Scope */

/**
 * @template Message
 * @param {Start<Message>} start  makes the server of what the page's first message says
 */
export function serveWorker(start) {
  const worker = new ServingWorker(start);
  /** @type {Scope} */ (globalThis).onmessage = (/** @type {MessageEvent} */ event) =>
    worker.take(event.data);
}

class ServingWorker {
  /** @type {Serving | null} */
  #server = null;
  /** Closes the connections of a port, by its name. @type {Map<string, () => void>} */
  #ports = new Map();
  /** Messages that came before the server was ready. @type {any[]} */
  #early = [];
  #loaded = 0;
  #start;

  /** @param {Start<any>} start */
  constructor(start) {
    this.#start = start;
  }

  /** @param {any} message  from the page */
  take(message) {
    if (message.type === "start") this.#begin(message).catch(fail);
    else if (!this.#server) this.#early.push(message);
    else this.#handle(this.#server, message);
  }

  /** @param {any} message */
  async #begin(message) {
    this.#server = await this.#start(message, (size) => {
      this.#loaded += size;
      tell({ type: "progress", loaded: this.#loaded });
    });
    tell({ type: "ready" });
    for (const waiting of this.#early.splice(0)) this.#handle(this.#server, waiting);
  }

  /** @param {Serving} server @param {any} message */
  #handle(server, { type, name, port }) {
    if (type === "reset") server.reset().then(() => tell({ type: "reset" }), fail);
    if (type === "ask") tell({ type: "answer" });
    if (type === "connect" || type === "disconnect") this.#ports.get(name)?.();
    if (type === "connect") {
      const stuck = () => server.stuck?.();
      this.#ports.set(name, servePipes(port, (send) => server.connect(send), stuck));
    }
    if (type === "disconnect") this.#ports.delete(name);
  }
}

/** @param {object} message  to the page */
function tell(message) {
  /** @type {Scope} */ (globalThis).postMessage(message);
}

/** @param {unknown} error */
function fail(error) {
  tell({ type: "failed", message: String(error) });
}
