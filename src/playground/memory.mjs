// Starts Python once, at build time, and keeps its memory: a tab goes on from there.
// Usage: node memory.mjs TASK
// TASK is JSON: archives `core` and `tab`; a folder of `packages`, and the `modules` to import; the
// folder `out` to write to.
import crypto from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { difference } from "./runtime/memory.js";
import { pack } from "./database/archive.js";
import { withLibraries } from "./runtime/libraries.js";

const task = JSON.parse(process.argv[2]);
const here = new URL(".", import.meta.url);
const PACKAGES = "/archives/extracted"; // the folder of packages in a tab
const [LARGEST, SMALLEST] = [2 ** 22, 8]; // bytes, of what malloc is asked for

/**
 * Overwrite with zeros what memory still holds of things that are gone, and the copies of compiled
 * extensions, which nobody reads again: it would be a fifth of what is sent.
 *
 * @param {any} module  Emscripten's
 * @param {Uint8Array[]} libraries
 */
function forget(module, libraries) {
  const memory = Buffer.from(module.HEAPU8.buffer);
  for (const library of libraries) {
    const at = memory.indexOf(library);
    if (at >= 0) memory.fill(0, at, at + library.length);
  }
  // All that is free: what malloc gives while its heap may not grow.
  module._malloc_set_footprint_limit(module._malloc_footprint());
  /** @type {number[]} */
  const taken = [];
  for (let size = LARGEST; size >= SMALLEST; size /= 2) {
    for (let at = module._malloc(size); at; at = module._malloc(size)) taken.push(at);
  }
  for (const at of taken) memory.fill(0, at, at + module._malloc_usable_size(at));
  for (const at of taken) module._free(at);
  module._malloc_set_footprint_limit(-1); // none
}

// The same memory every time: no chance, no time, no place goes into it.
crypto.randomFillSync = (numbers) => numbers.fill(0);
Date.now = () => 0;
performance.now = () => 0;
process.argv.splice(1, Infinity, "python");

/** @type {Map<string, Uint8Array>} the files of the packages, by their paths in a tab */
const files = new Map();
for (const file of readdirSync(task.packages, { recursive: true, withFileTypes: true })) {
  const path = `${file.parentPath}/${file.name}`;
  if (file.isFile()) files.set(path.replace(task.packages, PACKAGES), readFileSync(path));
}
const libraries = [...files.keys()].filter((path) => path.endsWith(".so")).sort();

/** @type {Uint8Array | undefined} */
let base;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (source, imports) => {
  const made = await instantiate(source, imports);
  const { memory } = (made.instance ?? made).exports;
  if (memory) base ??= new Uint8Array(memory.buffer.slice(0));
  return made;
};
const python = await loadPyodide({
  stdLibURL: task.core,
  lockFileContents: JSON.stringify({ info: { abi_version: "2026_0" }, packages: {} }),
  createPyodideModule: withLibraries(createPyodideModule, libraries, (path) =>
    path.replace(PACKAGES, task.packages),
  ),
  checkAPIVersion: false,
  env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide", TZ: "UTC" },
  _makeSnapshot: true,
});
python.FS.mkdirTree("/build");
python.FS.writeFile("/build/tab.zip", readFileSync(task.tab));
for (const [path, data] of files) {
  python.FS.mkdirTree(dirname(path));
  python.FS.writeFile(path, data);
}
python.globals.set("MODULES", JSON.stringify(task.modules));
const names = JSON.parse(python.runPython(readFileSync(new URL("memory.py", here), "utf8")));
python.globals.clear();
writeFileSync(`${task.out}/modules.json`, JSON.stringify(names));
forget(
  python._module,
  libraries.map((path) => files.get(path)),
);
writeFileSync(`${task.out}/memory`, difference(python.makeMemorySnapshot(), base));
for (const name of names) {
  const module = `${PACKAGES}/${name.replaceAll(".", "/")}`;
  files.delete(`${module}.pyc`);
  files.delete(`${module}/__init__.pyc`);
}
writeFileSync(`${task.out}/files`, pack({ folders: [], files }));
