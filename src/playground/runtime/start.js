/** Python is not started in a tab: its memory after a start comes with the page. */

import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { loadPyodide } from "pyodide";
import { unpack } from "../database/archive.js";
import { unpacked } from "../database/zstd.js";
import { Libraries, withLibraries } from "./libraries.js";
import { restore, room } from "./memory.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/**
 * @typedef {object} Packed
 * @property {Bytes} wasm  Python's program
 * @property {Bytes} memory  the difference of its memory
 * @property {Bytes} files  what belongs to the packages that are in memory, and is not
 */

/**
 * @param {Packed} packed
 * @param {WebAssembly.Module | undefined} compiled  what a worker before this one has given
 * @param {(stream: "stdout" | "stderr", line: string) => void} print
 * @returns {Promise<any>} Pyodide
 */
export async function start(packed, compiled, print) {
  // All are compiled at once, while the memory is unpacked.
  const program = compiled ?? WebAssembly.compile(await unpacked(packed.wasm));
  const { files } = unpack(await unpacked(packed.files));
  const libraries = new Libraries(files);
  // The frame's policy lets nothing be fetched: extensions have come with the memory, and Pyodide's
  // standard library is in it.
  const answer = (/** @type {string} */ path) => ({
    ok: true,
    arrayBuffer: async () => libraries.get(path),
  });
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path) => answer(path));
  const difference = await unpacked(packed.memory);
  const snapshot = room(difference);
  const module = await program;
  if (!compiled) self.postMessage(module);
  const stream = WebAssembly.instantiateStreaming;
  const instantiate = async (/** @type {WebAssembly.Imports} */ imports) => {
    const instance = await WebAssembly.instantiate(module, imports);
    const { memory } = /** @type {{memory: WebAssembly.Memory}} */ (instance.exports);
    restore(difference, memory, snapshot);
    return { module, instance };
  };
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (_, imports = {}) => {
      const made = instantiate(imports);
      made.catch(reject); // Emscripten would try another way, and then say nothing
      return made;
    };
  });
  const loaded = loadPyodide({
    indexURL: "https://pyodide.invalid/",
    lockFileContents: JSON.stringify({ info: { abi_version: "2026_0" }, packages: {} }),
    stdLibURL: "https://pyodide.invalid/",
    createPyodideModule: withLibraries(createPyodideModule, libraries.names),
    checkAPIVersion: false,
    stdout: (/** @type {string} */ line) => print("stdout", line),
    stderr: (/** @type {string} */ line) => print("stderr", line),
    _loadSnapshot: snapshot,
  });
  const python = await Promise.race([loaded, failed]);
  WebAssembly.instantiateStreaming = stream;
  libraries.end();
  for (const [path, data] of files) {
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, data);
  }
  return python;
}
