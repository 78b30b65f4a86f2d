/** Python is not started in a tab: its memory after a start comes with the page. */

import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { loadPyodide } from "pyodide";
import { ZSTDDecoder } from "zstddec";
import { restore, room } from "./memory.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{wasm: Bytes, memory: Bytes}} Packed  Python's program and the difference of its memory */

/**
 * @param {Packed} packed
 * @param {WebAssembly.Module | undefined} compiled  what a worker before this one has given
 * @param {(stream: "stdout" | "stderr", line: string) => void} print
 * @returns {Promise<any>} Pyodide
 */
export async function start(packed, compiled, print) {
  // The frame's policy lets nothing be fetched: the decoder's address holds its program, and
  // Pyodide's standard library is in memory.
  globalThis.fetch = async (address) => new Response(included(String(address)));
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const unpacked = (/** @type {Bytes} */ data) => /** @type {Bytes} */ (decoder.decode(data));
  const module = compiled ?? (await WebAssembly.compile(unpacked(packed.wasm)));
  if (!compiled) self.postMessage(module);
  const difference = unpacked(packed.memory);
  const snapshot = room(difference);
  const stream = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const instance = await WebAssembly.instantiate(module, imports);
    const { memory } = /** @type {{memory: WebAssembly.Memory}} */ (instance.exports);
    restore(difference, new Uint8Array(memory.buffer), snapshot);
    return { module, instance };
  };
  const python = await loadPyodide({
    indexURL: "https://pyodide.invalid/",
    lockFileContents: JSON.stringify({ info: { abi_version: "2026_0" }, packages: {} }),
    stdLibURL: "https://pyodide.invalid/",
    createPyodideModule,
    checkAPIVersion: false,
    stdout: (/** @type {string} */ line) => print("stdout", line),
    stderr: (/** @type {string} */ line) => print("stderr", line),
    _loadSnapshot: snapshot,
  });
  WebAssembly.instantiateStreaming = stream;
  return python;
}

/** @param {string} address @returns {Bytes} what a `data:` address has in it; of another, nothing */
function included(address) {
  const data = address.startsWith("data:") ? atob(address.slice(address.indexOf(",") + 1)) : "";
  return Uint8Array.from(data, (character) => character.charCodeAt(0));
}
