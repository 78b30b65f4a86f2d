/** One connection to PostgreSQL: its bytes in both directions, and what is its own. */

import { REFUSALS } from "./refusals.js";
import { Settings } from "./settings.js";
import { Splitter } from "./splitter.js";
import { Statements } from "./statements.js";
import { TurnTimeout } from "./turns.js";
import * as wire from "./wire.js";

/** @typedef {import("./wire.js").Message} Message */
/** @typedef {import("./server.js").Server} Server */

export class Session {
  settings = new Settings();
  /** Channels that this session listens to. @type {Set<string>} */
  channels = new Set();
  statements;
  /** Whether it may have made temporary tables. */
  temporary = false;
  /** The status that ReadyForQuery gave last: I, T or E. */
  status = "I";
  #splitter = new Splitter({ typed: false });
  /** @type {Message[]} */
  #inbox = [];
  #running = false;
  #started = false;
  ended = false;
  #skipping = false; // after a refusal in the extended protocol, up to Sync
  #server;
  #send;

  /**
   * @param {Server} server
   * @param {number} id
   * @param {(data: Uint8Array | null) => void} send  null closes the connection
   */
  constructor(server, id, send) {
    this.#server = server;
    this.#send = send;
    this.statements = new Statements(server.registry, id);
  }

  /** @param {Uint8Array} data  from the client */
  receive(data) {
    for (const message of this.#splitter.push(data)) {
      this.#inbox.push(message);
      if (message.type === "") this.#expectMore(message);
    }
    if (!this.#running) this.#run();
  }

  /** @param {Uint8Array} data  to the client */
  send(data) {
    if (!this.ended && data.length) this.#send(data);
  }

  /** The client or the server has closed the connection. @param {wire.Refusal} [reason] */
  end(reason) {
    if (this.ended) return;
    if (reason) this.send(wire.errorResponse({ severity: "FATAL", ...reason }));
    this.ended = true;
    this.#send(null);
    this.#inbox = [];
    this.#server.forget(this);
  }

  /** A real startup message is followed by messages with a letter. @param {Message} message */
  #expectMore({ body }) {
    const asked = wire.int32(body, 0);
    if (asked !== wire.SSL_REQUEST && asked !== wire.GSS_REQUEST) this.#splitter.expectTyped();
  }

  async #run() {
    this.#running = true;
    try {
      while (this.#inbox.length > 0 && !this.ended) {
        if (this.#started) await this.#serve();
        else await this.#greet(/** @type {Message} */ (this.#inbox.shift()));
      }
    } finally {
      this.#running = false;
    }
  }

  /** @param {Message} message  what comes before a session is open */
  async #greet({ body }) {
    const asked = wire.int32(body, 0);
    const encrypt = asked === wire.SSL_REQUEST || asked === wire.GSS_REQUEST;
    if (encrypt) return this.#send(Uint8Array.of(78)); // N: no
    // One backend cannot be interrupted: while it works, nobody hears a request to cancel.
    if (asked === wire.CANCEL_REQUEST) return this.end();
    const words = wire.text(body.subarray(4)).split("\0");
    /** @type {Record<string, string>} */
    const parameters = {};
    for (let i = 0; words[i]; i += 2) parameters[words[i] ?? ""] = words[i + 1] ?? "";
    if (!(await this.#turn())) return this.end(REFUSALS.busy);
    if (!this.ended) this.#started = this.#server.open(this, parameters);
    this.#server.turns.give(this);
  }

  async #serve() {
    const leaving = this.#inbox.findIndex((message) => message.type === "X");
    const batch = this.#inbox.splice(0, leaving < 0 ? this.#inbox.length : leaving);
    if (leaving === 0) return this.end();
    const wanted = this.#skipping ? this.#skip(batch) : batch;
    if (wanted.length === 0) return;
    if (!(await this.#turn())) return this.#refuse(wanted);
    if (this.ended) return this.#server.turns.give(this);
    await this.#server.perform(this, wanted);
    const complete = "QSF".includes(wanted.at(-1)?.type ?? "");
    if (complete && this.status === "I") this.#server.turns.give(this);
  }

  async #turn() {
    try {
      await this.#server.turns.take(this);
      return true;
    } catch (error) {
      if (error instanceof TurnTimeout) return false;
      throw error;
    }
  }

  /** @param {Message[]} batch  what could not be done in time */
  #refuse(batch) {
    this.send(wire.errorResponse(REFUSALS.busy));
    const [first, ...rest] = batch;
    this.#skipping = first?.type !== "Q";
    if (!this.#skipping) this.send(wire.readyForQuery("I"));
    this.#inbox.unshift(...(this.#skipping ? batch : rest));
  }

  /** @param {Message[]} batch  of which all up to Sync is passed over */
  #skip(batch) {
    const sync = batch.findIndex((message) => message.type === "S");
    if (sync < 0) return [];
    this.#skipping = false;
    this.send(wire.readyForQuery("I"));
    return batch.slice(sync + 1);
  }
}
