/**
 * One PostgreSQL backend, PGlite's, spoken to in its wire protocol.
 *
 * PGlite starts it; from then on the bytes go past PGlite's own code, which would parse every
 * answer once more and would loop for ever after a trap (version 0.5.16, execProtocolRawSync).
 */

import { PGlite } from "@electric-sql/pglite";
import { Files } from "./files.js";
import { takeSnapshot } from "./snapshot.js";

/** Emscripten's module object, of which PGlite publishes no type. @typedef {any} Module */
/** @typedef {import("./archive.js").Archive} Archive */

const LONG_JUMP = 100; // pglitec.c, POSTGRES_MAIN_LONGJMP: an ERROR on its way to the main loop

const SETTINGS = {
  exit_on_error: "false",
  io_method: "sync",
  log_checkpoints: "false",
  max_parallel_maintenance_workers: "0",
  max_parallel_workers: "0",
  max_parallel_workers_per_gather: "0",
  max_worker_processes: "0",
  shared_buffers: "32MB", // the memory that a reset has to look through
  synchronize_seqscans: "off", // else rows of a large table come in another order in a second run
};

/** The backend has ended: out of memory, a FATAL error, or a fault of WebAssembly. */
export class BackendEnded extends Error {}

export class Engine {
  /** @type {Uint8Array} */
  #input = new Uint8Array(0);
  #read = 0;
  /** @type {(bytes: Uint8Array) => void} */
  #onoutput = () => {};
  /** @type {Module} */
  #module;
  /** @type {Files} */
  #files;
  #restore = () => {};

  /** @param {Module} module @param {Files} files */
  constructor(module, files) {
    this.#module = module;
    this.#files = files;
    const give = (/** @type {number} */ at, /** @type {number} */ most) => this.#give(at, most);
    const take = (/** @type {number} */ at, /** @type {number} */ size) => this.#take(at, size);
    module._pgl_set_rw_cbs(module.addFunction(give, "ipi"), module.addFunction(take, "ipi"));
  }

  /**
   * @param {WebAssembly.Module} wasm
   * @param {Archive} archive  the server's files and its data directory
   * @returns {Promise<Engine>}
   */
  static async start(wasm, archive) {
    const files = new Files(archive);
    const postgres = await PGlite.create({
      fs: /** @type {any} */ (files),
      fsBundle: new Blob([]),
      pgliteWasmModule: wasm,
      initdbWasmModule: wasm, // is not used: it only keeps PGlite from downloading it
      startParams: [
        ...["--single", "-F", "-j"],
        ...Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
    });
    return new Engine(postgres.Module, files);
  }

  /** Remembers this state: `reset` comes back to it. */
  remember() {
    this.#restore = takeSnapshot(this.#module, this.#files);
  }

  reset() {
    this.#restore();
  }

  /** @param {Archive} archive */
  addFiles(archive) {
    this.#files.add(archive);
  }

  /**
   * Runs whole frontend messages. The answer comes in pieces, while it runs.
   * @param {Uint8Array} messages
   * @param {(bytes: Uint8Array) => void} onoutput  the bytes are only valid during the call
   * @throws {BackendEnded}
   */
  run(messages, onoutput) {
    this.#input = messages;
    this.#read = 0;
    this.#onoutput = onoutput;
    const module = this.#module;
    while (this.#read < messages.length || module._pq_buffer_remaining_data() > 0) this.#once();
    module._PostgresSendReadyForQueryIfNecessary();
    module._pgl_pq_flush();
  }

  /**
   * The server's own answer to a startup message: its parameters, such as server_version.
   * @param {Uint8Array} message
   * @returns {Uint8Array}
   */
  startup(message) {
    /** @type {number[]} */
    const answer = [];
    this.#input = message;
    this.#read = 0;
    this.#onoutput = (bytes) => answer.push(...bytes);
    const module = this.#module;
    if (module._ProcessStartupPacket(module._pgl_getMyProcPort(), true, true) === 0) {
      module._pgl_sendConnData();
      module._pgl_pq_flush();
    }
    return Uint8Array.from(answer);
  }

  #once() {
    const module = this.#module;
    const stack = module.stackSave();
    try {
      module._PostgresMainLoopOnce();
    } catch (error) {
      const { status } = /** @type {{status?: number}} */ (error);
      if (status !== LONG_JUMP) throw new BackendEnded(String(error), { cause: error });
      module.stackRestore(stack);
      module._PostgresMainLongJmp();
    }
  }

  /** @param {number} at @param {number} most */
  #give(at, most) {
    const piece = this.#input.subarray(this.#read, this.#read + most);
    this.#module.HEAPU8.set(piece, at);
    this.#read += piece.length;
    return piece.length;
  }

  /** @param {number} at @param {number} size */
  #take(at, size) {
    this.#onoutput(this.#module.HEAPU8.subarray(at, at + size));
    return size;
  }
}
