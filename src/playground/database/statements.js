/**
 * Prepared statements belong to a session, but the one backend has one list of them. A name that
 * another session uses is replaced on the way, and an unnamed statement is prepared again when
 * another session has replaced it.
 */

import { concat, cstring, message, textOf } from "./wire.js";

/** @typedef {import("./wire.js").Message} Message */

/** What all sessions of one backend share. */
export class Registry {
  /** @type {Map<string, Statements>} */
  owners = new Map();
  /** @type {Statements | null} */
  unnamed = null;
}

export class Statements {
  #registry;
  #suffix;
  /** Ours, as we call them, and as the backend does. @type {Map<string, string>} */
  #names = new Map();
  /** Of statements with LISTEN or UNLISTEN, by name. @type {Map<string, string>} */
  #listens = new Map();
  /** @type {Uint8Array | null} */
  #unnamed = null;

  /** @param {Registry} registry @param {number} id  of the session */
  constructor(registry, id) {
    this.#registry = registry;
    this.#suffix = ` (connection ${id})`;
  }

  /**
   * The unnamed statement, if it has to be prepared again before `messages`.
   * @param {Message[]} messages
   * @returns {Uint8Array | null}
   */
  missing(messages) {
    const ours = this.#registry.unnamed === this;
    if (ours || !this.#unnamed) return null;
    const first = messages.find((each) => each.type === "Q" || nameIn(each)?.name === "");
    return first && first.type !== "P" && first.type !== "Q" ? this.#unnamed : null;
  }

  /**
   * The SQL with LISTEN in it that `messages` run, having prepared it before.
   * @param {Message[]} messages
   */
  listening(messages) {
    const bound = messages.filter(({ type }) => type === "B");
    return bound.map((message) => this.#listens.get(nameIn(message)?.name ?? "") ?? "").join(";");
  }

  /** @param {Message} frontend @returns {Uint8Array} the message with the backend's names in it */
  translate(frontend) {
    const found = nameIn(frontend);
    if (frontend.type === "Q") this.#unnamed = null;
    if (!found) return frontend.bytes;
    const sql = textOf(frontend);
    if (/listen/i.test(sql)) this.#listens.set(found.name, sql);
    if (found.name === "") {
      if (frontend.type === "P") this.#unnamed = frontend.bytes;
      this.#registry.unnamed = this;
      return frontend.bytes;
    }
    const theirs = frontend.type === "P" ? this.#claim(found.name) : this.#names.get(found.name);
    if (frontend.type === "C") this.#release(found.name);
    return theirs && theirs !== found.name ? found.rename(theirs) : frontend.bytes;
  }

  /** Close messages for all that this session has prepared. */
  close() {
    const closing = [...this.#names.values()].map((name) => message("C", letter("S"), name));
    for (const name of [...this.#names.keys()]) this.#release(name);
    this.#unnamed = null;
    return concat([...closing, message("S")]);
  }

  /** @param {string} name */
  #claim(name) {
    const owner = this.#registry.owners.get(name);
    const theirs = owner && owner !== this ? name + this.#suffix : name;
    this.#registry.owners.set(theirs, this);
    this.#names.set(name, theirs);
    return theirs;
  }

  /** @param {string} name */
  #release(name) {
    this.#registry.owners.delete(this.#names.get(name) ?? "");
    this.#names.delete(name);
  }
}

/** @param {string} character */
function letter(character) {
  return Uint8Array.of(character.charCodeAt(0));
}

/**
 * The name of the prepared statement that a message speaks of.
 * @param {Message} frontend
 * @returns {{name: string, rename: (name: string) => Uint8Array} | null}
 */
function nameIn({ type, body }) {
  const at = { P: 0, B: body.indexOf(0) + 1, D: 1, C: 1 }[type];
  if (at === undefined || ("DC".includes(type) && body[0] !== 0x53)) return null; // S, not a portal
  const end = body.indexOf(0, at) + 1;
  const rename = (/** @type {string} */ name) =>
    message(type, body.subarray(0, at), name, body.subarray(end));
  return { name: cstring(body, at), rename };
}
