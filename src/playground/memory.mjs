// Starts Python once, at build time, and keeps its memory: a tab goes on from there.
// Usage: node memory.mjs CORE TAB MODULES FOLDER: two archives, what to import (JSON), where to write.
import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { constants, zstdCompressSync } from "node:zlib";
import { loadPyodide } from "pyodide";
import { difference } from "./runtime/memory.js";

const [core, tab, remembered, out] = process.argv.slice(2);
const here = new URL(".", import.meta.url);

/** @param {string} name @param {Uint8Array} data */
function pack(name, data) {
  const params = { [constants.ZSTD_c_compressionLevel]: 22, [constants.ZSTD_c_windowLog]: 24 };
  writeFileSync(`${out}/${name}.zst`, zstdCompressSync(data, { params, pledgedSrcSize: data.length }));
}

// The same memory every time: no chance, no time, no place goes into it.
crypto.randomFillSync = (numbers) => numbers.fill(0);
Date.now = () => 0;
performance.now = () => 0;
process.argv.splice(1, Infinity, "python");

/** @type {Uint8Array | undefined} */
let base;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (source, imports) => {
  const made = await instantiate(source, imports);
  const { memory } = (made.instance ?? made).exports;
  if (memory) base = new Uint8Array(memory.buffer.slice(0));
  return made;
};
const python = await loadPyodide({
  stdLibURL: core,
  lockFileContents: JSON.stringify({ info: { abi_version: "2026_0" }, packages: {} }),
  checkAPIVersion: false,
  env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide", TZ: "UTC" },
  _makeSnapshot: true,
});
python.FS.mkdirTree("/build");
python.FS.writeFile("/build/tab.zip", readFileSync(tab));
python.globals.set("REMEMBERED", remembered);
const modules = python.runPython(readFileSync(new URL("memory.py", here), "utf8"));
python.globals.clear();
writeFileSync(`${out}/modules.json`, modules);
const snapshot = python.makeMemorySnapshot();
if (python._module.HEAP8.length > base.length) throw new Error("It needs more memory than a tab's begins with.");
pack("memory.bin", difference(snapshot, base));
pack("python.wasm", readFileSync(new URL("node_modules/pyodide/pyodide.asm.wasm", here)));
