/** Passes the backend's answers on to a session, and notes what they say about it. */

import { REFUSALS } from "./refusals.js";
import { copiesFromClient } from "./sql_text.js";
import * as wire from "./wire.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./wire.js").Message} Message */

const BLOCK = 65536; // bytes that are sent together

/**
 * COPY FROM STDIN would end the backend: it reads on where no more bytes come. In its place stands
 * a statement that fails, so that the transaction fails as it should; its error is exchanged.
 */
const IMPOSSIBLE = "copy_from_stdin.in.this_tab";
const STATEMENT = `SELECT * FROM "copy_from_stdin"."in"."this_tab"`;

/**
 * @param {Message} message  from the client
 * @returns {Message}
 */
export function withoutCopy(message) {
  if (message.type !== "Q" && message.type !== "P") return message;
  if (!copiesFromClient(wire.textOf(message))) return message;
  const bytes =
    message.type === "Q"
      ? wire.query(STATEMENT)
      : wire.message("P", wire.cstring(message.body), STATEMENT, new Uint8Array(2));
  return { type: message.type, bytes, body: bytes.subarray(5) };
}

export class Relay {
  /** Whether LISTEN or UNLISTEN was done. */
  listened = false;
  /** @type {Uint8Array[]} */
  #block = [];
  #size = 0;
  #session;
  #sessions;

  /** @param {Session} session @param {Session[]} sessions  all, for NOTIFY */
  constructor(session, sessions) {
    this.#session = session;
    this.#sessions = sessions;
  }

  /** @param {Message} message  from the backend */
  take({ type, body, bytes }) {
    if (type === "A") return this.#notify(bytes, wire.cstring(body, 4));
    if (type === "Z") this.#session.status = String.fromCharCode(body[0] ?? 0);
    if (type === "C") this.#note(wire.cstring(body));
    const refused = type === "E" && wire.text(body).includes(IMPOSSIBLE);
    this.#add(refused ? wire.errorResponse(REFUSALS.copy) : bytes);
  }

  /** Sends what is left. */
  flush() {
    this.#session.send(wire.concat(this.#block));
    this.#block = [];
    this.#size = 0;
  }

  /** @param {Uint8Array} bytes */
  #add(bytes) {
    this.#block.push(bytes);
    this.#size += bytes.length;
    if (this.#size > BLOCK) this.flush();
  }

  /** @param {string} tag  such as SET or INSERT 0 1 */
  #note(tag) {
    if (/^(SET|RESET|DISCARD)/.test(tag)) this.#session.settings.changed = true;
    if (tag.endsWith("LISTEN")) this.listened = true;
  }

  /** @param {Uint8Array} bytes @param {string} channel */
  #notify(bytes, channel) {
    for (const session of this.#sessions) {
      if (session.channels.has(channel)) session === this.#session ? this.#add(bytes) : session.send(bytes);
    }
  }
}
