/** A client of PostgreSQL over a byte pipe: what psql.js speaks through. */

import { Splitter } from "./splitter.js";
import * as wire from "./wire.js";

/** @typedef {import("./wire.js").Message} Message */
/** @typedef {import("./pipes.js").Packet} Packet */

export class PostgresClient {
  #splitter = new Splitter();
  /** @type {((message: Message | null) => void) | null} */
  #take = null;
  #open = false;
  #port;
  #number;
  #parameters;

  /**
   * Connects when it is first asked something, and again after the server has closed.
   * @param {MessagePort} port  to the PostgreSQL worker, and for this client alone
   * @param {Record<string, string>} [parameters]
   */
  constructor(port, parameters = { user: "postgres", database: "postgres" }) {
    this.#port = port;
    this.#number = 0;
    this.#parameters = parameters;
    port.onmessage = ({ data }) => this.#receive(/** @type {Packet} */ (data));
  }

  /**
   * Runs a simple query.
   * @param {string} sql
   * @returns {Promise<Message[]>}  all messages up to ReadyForQuery, or up to the connection's end
   */
  async query(sql) {
    if (!this.#open) {
      const greeting = await this.#connect();
      if (!this.#open) return greeting;
    }
    return this.#exchange(wire.query(sql));
  }

  close() {
    if (this.#open) this.#port.postMessage({ connection: this.#number, data: null });
    this.#open = false;
  }

  #connect() {
    this.#open = true;
    this.#splitter = new Splitter();
    this.#port.postMessage({ connection: ++this.#number, open: true });
    return this.#exchange(wire.startup(this.#parameters));
  }

  /** @param {Uint8Array} data @returns {Promise<Message[]>} */
  #exchange(data) {
    return new Promise((resolve) => {
      /** @type {Message[]} */
      const messages = [];
      this.#take = (message) => {
        if (message) messages.push(message);
        if (!message || message.type === "Z") resolve(messages);
      };
      this.#port.postMessage({ connection: this.#number, data });
    });
  }

  /** @param {Packet} packet */
  #receive({ connection, data }) {
    if (connection !== this.#number) return;
    if (data) for (const message of this.#splitter.push(data)) this.#take?.(message);
    if (data !== null) return;
    this.#open = false;
    this.#take?.(null);
  }
}
