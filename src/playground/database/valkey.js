/** A Valkey server: its event loop turns when bytes come, and on a timer while someone is connected. */

import { command } from "./resp.js";
import { Sockets } from "./sockets.js";
import { Exited, wasi } from "./wasi.js";

/** @typedef {import("./pipes.js").Send} Send */

const TICK = 20; // milliseconds: how late a blocked command may time out

export class Valkey {
  #module;
  /** @type {any} what the instance exports: rk_boot and so on */
  #exports = null;
  #sockets = new Sockets(() => this.#exports.memory);
  #scheduled = false;
  #timer = /** @type {ReturnType<typeof setInterval> | undefined} */ (undefined);

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.#module = module;
  }

  /** @param {WebAssembly.Module} module */
  static async start(module) {
    const valkey = new Valkey(module);
    await valkey.#boot();
    return valkey;
  }

  /** @param {Send} send  to the client; null closes */
  connect(send) {
    const socket = this.#sockets.connect(send);
    this.#schedule();
    this.#timer ??= setInterval(() => this.#turn(), TICK);
    return {
      receive: (/** @type {Uint8Array} */ data) => {
        socket.queue.push(data);
        this.#schedule();
      },
      end: () => {
        socket.ended = true;
        this.#schedule();
      },
    };
  }

  /** A new, empty server, with its settings as at the start. Connections are closed. */
  async reset() {
    this.#sockets.closeAll();
    await this.#boot();
  }

  async #boot() {
    this.#exports = null;
    const memory = () => this.#exports.memory;
    const sockets = (this.#sockets = new Sockets(memory));
    // Lua's longjmp throws this exception, which the host has to provide.
    const env = { __c_longjmp: new /** @type {any} */ (WebAssembly).Tag({ parameters: ["i32"] }) };
    const imports = { host: sockets.imports, env, wasi_snapshot_preview1: wasi(this.#module, memory) };
    const { exports } = await WebAssembly.instantiate(this.#module, /** @type {any} */ (imports));
    if (sockets !== this.#sockets) return; // it was reset once more
    this.#exports = exports;
    this.#exports._initialize();
    this.#exports.rk_boot(6379);
    this.#liftLimit();
  }

  /** With 32-bit addresses Valkey limits itself to 3 GB when it starts; elsewhere it sets no limit. */
  #liftLimit() {
    const connection = this.connect(() => connection.end());
    const words = ["CONFIG", "SET", "maxmemory", "0"];
    connection.receive(command(words));
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#turn());
  }

  /** Turns the loop until nothing is left to do: answers are written one turn after a command. */
  #turn() {
    this.#scheduled = false;
    if (!this.#exports) return; // it is starting
    if (!this.#sockets.open) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    try {
      do {
        this.#sockets.active = false;
        this.#exports.rk_step();
      } while (this.#sockets.active);
    } catch (error) {
      if (!(error instanceof Exited)) console.error(error);
      this.reset(); // after SHUTDOWN or a fault: as if somebody had started it again
    }
  }
}
