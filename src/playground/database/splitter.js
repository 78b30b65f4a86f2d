/** Cuts the bytes of PostgreSQL's wire protocol into messages. */

import { concat, int32 } from "./wire.js";

/**
 * One message. `bytes` is the whole of it, `body` what follows the length.
 * @typedef {{type: string, body: Uint8Array, bytes: Uint8Array}} Message
 */

/** Cuts a stream of bytes, which may be split anywhere, into messages. */
export class Splitter {
  /** @type {Uint8Array} */
  #rest = new Uint8Array(0);
  #typed;

  /** @param {{typed?: boolean}} [options]  typed: false if the first message is a startup message */
  constructor({ typed = true } = {}) {
    this.#typed = typed;
  }

  /** From now on messages begin with a letter. */
  expectTyped() {
    this.#typed = true;
  }

  /**
   * @param {Uint8Array} [data]
   * @returns {Generator<Message>}
   */
  *push(data) {
    if (data) this.#rest = this.#rest.length ? concat([this.#rest, data]) : data.slice();
    for (;;) {
      const head = this.#typed ? 1 : 0;
      if (this.#rest.length < head + 4) return;
      const size = head + int32(this.#rest, head);
      if (this.#rest.length < size) return;
      const bytes = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      const type = this.#typed ? String.fromCharCode(bytes[0] ?? 0) : "";
      yield { type, body: bytes.subarray(head + 4), bytes };
    }
  }
}
