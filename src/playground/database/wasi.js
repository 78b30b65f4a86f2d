/**
 * The little of WASI that Valkey calls: clocks and its log. There are no files.
 * https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
 */

const BAD_FILE = 8;
const NO_ENTRY = 44;
const NO_SYSTEM_CALL = 52;
const CHARACTER_DEVICE = 2;

/** Valkey has ended itself, by SHUTDOWN or after a fault. */
export class Exited extends Error {}

/**
 * @param {WebAssembly.Module} module  of which the imports are read
 * @param {() => WebAssembly.Memory} memory
 * @returns {Record<string, (...parameters: any[]) => number>}
 */
export function wasi(module, memory) {
  const known = calls(() => new DataView(memory().buffer));
  const wanted = WebAssembly.Module.imports(module).filter((one) => one.module === "wasi_snapshot_preview1");
  const missing = () => NO_SYSTEM_CALL;
  return Object.fromEntries(wanted.map(({ name }) => [name, known[name] ?? missing]));
}

/**
 * @param {() => DataView} view
 * @returns {Record<string, (...parameters: any[]) => number>}
 */
function calls(view) {
  const noStrings = (/** @type {number} */ count, /** @type {number} */ size) => {
    view().setUint32(count, 0, true);
    view().setUint32(size, 0, true);
    return 0;
  };
  return {
    ...files(view),
    environ_get: () => 0,
    environ_sizes_get: noStrings,
    clock_time_get: (clock, _precision, at) => {
      const since = clock === 0 ? performance.timeOrigin + performance.now() : performance.now();
      view().setBigUint64(at, BigInt(Math.round(since * 1e6)), true);
      return 0;
    },
    sched_yield: () => 0,
    proc_exit: (status) => {
      throw new Exited(`Valkey has ended with status ${status}`);
    },
  };
}

/**
 * @param {() => DataView} view
 * @returns {Record<string, (...parameters: any[]) => number>}
 */
function files(view) {
  return {
    fd_prestat_get: () => BAD_FILE,
    fd_fdstat_get: (file, at) => {
      if (file > 2) return BAD_FILE;
      new Uint8Array(view().buffer, at, 24).fill(0);
      view().setUint8(at, CHARACTER_DEVICE);
      return 0;
    },
    fd_write: (_file, pieces, count, written) => {
      let size = 0; // of the log, which nobody reads
      for (let i = 0; i < count; i++) size += view().getUint32(pieces + 8 * i + 4, true);
      view().setUint32(written, size, true);
      return 0;
    },
    path_open: () => NO_ENTRY,
    path_filestat_get: () => NO_ENTRY,
  };
}
