/** The file system of the tab's PostgreSQL: Emscripten's, in memory, filled from an archive. */

import { Alarm } from "./alarm.js";

/** Emscripten's FS and its nodes, of which no type is published. @typedef {any} FS @typedef {any} Node */
/** @typedef {import("./archive.js").Archive} Archive */

const ROOT = "/pglite";

/** In the form in which PGlite takes a file system (its interface Filesystem). */
export class Files {
  /** @type {FS} */
  system;
  /** Where WebAssembly keeps the end of the memory that was ever in use. */
  memoryEnd = 0;
  /** @type {any} */
  #postgres;
  #archive;

  /** @param {Archive} archive */
  constructor(archive) {
    this.#archive = archive;
  }

  /**
   * PGlite's code has a list of 699 files that it wants to make; they are made empty here and
   * removed again in `initialSyncFs`, since the archive holds those that are needed.
   * @param {any} postgres
   * @param {any} options
   */
  async init(postgres, options) {
    this.#postgres = postgres;
    const getPreloadedPackage = (/** @type {string} */ _, /** @type {number} */ size) =>
      new ArrayBuffer(size);
    const alarm = new Alarm();
    const instantiateWasm = (/** @type {any} */ imports, /** @type {any} */ done) => {
      const made = (/** @type {any} */ instance, /** @type {any} */ module) => {
        alarm.attach(instance);
        this.memoryEnd = instance.exports.emscripten_get_sbrk_ptr();
        done(instance, module);
      };
      return options.instantiateWasm(alarm.around(imports), made);
    };
    return { emscriptenOpts: { ...options, getPreloadedPackage, instantiateWasm } };
  }

  /** PGlite calls this after its module is loaded and before the server starts. */
  async initialSyncFs() {
    this.system = this.#postgres.Module.FS;
    for (const node of children(this.system.lookupPath(ROOT).node)) this.#remove(node);
    this.add(this.#archive);
    for (const name of ["initdb", "postgres"]) this.system.chmod(`${ROOT}/bin/${name}`, 0o555);
  }

  async syncToFs() {}

  async closeFs() {}

  async dumpTar() {
    throw new Error("not needed here");
  }

  /** @param {Archive} archive */
  add({ folders, files }) {
    for (const folder of folders) this.system.mkdirTree(folder);
    for (const [path, data] of files) {
      // The templates are only ever read (by CREATE DATABASE): they need no memory of their own.
      const content = /\/base\/[14]\//.test(path) ? data : data.slice();
      this.system.writeFile(path, content, { canOwn: true });
    }
  }

  /** @param {Node} node */
  #remove(node) {
    for (const child of children(node)) this.#remove(child);
    const path = this.system.getPath(node);
    if (this.system.isDir(node.mode)) this.system.rmdir(path);
    else this.system.unlink(path);
  }
}

/**
 * @param {Node} node
 * @returns {Node[]} what stands in a folder; a file has nothing in it
 */
export function children(node) {
  const { contents } = node;
  return contents && !ArrayBuffer.isView(contents) ? Object.values(contents) : [];
}
