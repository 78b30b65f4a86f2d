/** RESP, the protocol of Redis and Valkey. https://valkey.io/topics/protocol/ */

/**
 * A reply, as it came.
 * @typedef {{kind: "status" | "error" | "verbatim", text: string}
 *   | {kind: "integer" | "double" | "big", text: string}
 *   | {kind: "boolean", value: boolean}
 *   | {kind: "bulk", bytes: Uint8Array}
 *   | {kind: "null"}
 *   | {kind: "array" | "set" | "push", items: Reply[]}
 *   | {kind: "map", items: Reply[]}} Reply
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @param {(string | Uint8Array)[]} words @returns {Uint8Array} */
export function command(words) {
  /** @type {Uint8Array[]} */
  const parts = [encoder.encode(`*${words.length}\r\n`)];
  for (const word of words) {
    const bytes = typeof word === "string" ? encoder.encode(word) : word;
    parts.push(encoder.encode(`$${bytes.length}\r\n`), bytes, encoder.encode("\r\n"));
  }
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Reads replies from bytes that may be split anywhere. */
export class Reader {
  /** @type {Uint8Array} */
  #bytes = new Uint8Array(0);
  #at = 0;

  /** @param {Uint8Array} data @returns {Generator<Reply>} */
  *push(data) {
    const rest = this.#bytes;
    this.#bytes = new Uint8Array(rest.length + data.length);
    this.#bytes.set(rest);
    this.#bytes.set(data, rest.length);
    for (;;) {
      this.#at = 0;
      const reply = this.#reply();
      if (!reply) return;
      this.#bytes = this.#bytes.slice(this.#at);
      yield reply;
    }
  }

  /** @returns {Reply | null}  null if not all of it is there yet */
  #reply() {
    const line = this.#line();
    if (line === null) return null;
    const [sign, text] = [line[0] ?? "", line.slice(1)];
    if (sign === "+") return { kind: "status", text };
    if (sign === "-") return { kind: "error", text };
    if (sign === ":") return { kind: "integer", text };
    if (sign === ",") return { kind: "double", text };
    if (sign === "(") return { kind: "big", text };
    if (sign === "#") return { kind: "boolean", value: text === "t" };
    if (sign === "_" || text === "-1") return { kind: "null" };
    if ("$=!".includes(sign)) return this.#bulk(sign, Number(text));
    if (sign === "%") return this.#items("map", 2 * Number(text));
    if (sign === "~") return this.#items("set", Number(text));
    return this.#items(sign === ">" ? "push" : "array", Number(text));
  }

  /** @param {string} sign @param {number} size @returns {Reply | null} */
  #bulk(sign, size) {
    if (this.#at + size + 2 > this.#bytes.length) return null;
    const bytes = this.#bytes.slice(this.#at, this.#at + size);
    this.#at += size + 2;
    if (sign === "$") return { kind: "bulk", bytes };
    const text = decoder.decode(bytes);
    return sign === "!" ? { kind: "error", text } : { kind: "verbatim", text: text.slice(4) };
  }

  /** @param {"array" | "set" | "push" | "map"} kind @param {number} count @returns {Reply | null} */
  #items(kind, count) {
    /** @type {Reply[]} */
    const items = [];
    for (let i = 0; i < count; i++) {
      const item = this.#reply();
      if (!item) return null;
      items.push(item);
    }
    return { kind, items };
  }

  #line() {
    const end = this.#bytes.indexOf(13, this.#at);
    if (end < 0 || end + 1 >= this.#bytes.length) return null;
    const line = decoder.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 2;
    return line;
  }
}
