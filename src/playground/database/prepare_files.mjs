/** Which files of the PGlite package are needed at the start, and which only when SQL asks. */

import { gunzipSync } from "node:zlib";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** @typedef {Map<string, Uint8Array>} Files */

/** In this order; what matches none is left out: sources of initdb, headers, samples. */
const PACKS = /** @type {const} */ ({
  "text-search": /dict_snowball|\/tsearch_data\//,
  icu: /\/icu\/.*\.(res|icu)$/,
  core: /\/timezone\/|\/timezonesets\/|plpgsql|^\/home\/|^\/pglite\/bin\/|locale-a$|password$|pgstd/,
});

/** Contributed modules that cannot work in a tab, or are not for readers. */
const UNWANTED = /^(passwordcheck|auto_explain|file_fdw|pg_logicalinspect|pg_overexplain|pg_surgery)$/;

export const packNames = Object.keys(PACKS).filter((name) => name !== "core");

/**
 * The files of pglite.data. Where each lies is written in PGlite's own code.
 * @param {string} pglite  the package's folder `dist`
 * @returns {Files}
 */
export function bundledFiles(pglite) {
  const data = readFileSync(join(pglite, "pglite.data"));
  const entry = /filename:"([^"]+)",start:(\d+),end:(\d+)/g;
  for (const name of readdirSync(pglite).filter((file) => file.endsWith(".js"))) {
    const code = readFileSync(join(pglite, name), "utf8");
    if (!code.includes("remote_package_size:")) continue;
    const found = [...code.matchAll(entry)];
    if (Number(found.at(-1)?.[3]) !== data.length) continue;
    return new Map(found.map(([, path, start, end]) => [path, data.subarray(+start, +end)]));
  }
  throw new Error("pglite.data: its list of files was not found in the package's code");
}

/**
 * @param {Files} files
 * @param {string} wanted
 * @returns {Files}
 */
export function inPack(files, wanted) {
  const packOf = (/** @type {string} */ path) =>
    Object.entries(PACKS).find(([, pattern]) => pattern.test(path))?.[0];
  return new Map([...files].filter(([path]) => packOf(path) === wanted));
}

/**
 * The contributed extensions: pageinspect and so on, each a pack of its own.
 * @param {string} pglite
 * @returns {Map<string, Files>}
 */
export function contribFiles(pglite) {
  const names = readdirSync(pglite)
    .filter((file) => file.endsWith(".tar.gz"))
    .map((file) => file.slice(0, -".tar.gz".length));
  return new Map(
    names
      .filter((name) => !UNWANTED.test(name))
      .map((name) => [name, untar(gunzipSync(readFileSync(join(pglite, `${name}.tar.gz`))))]),
  );
}

/**
 * @param {Uint8Array} tar  POSIX ustar, plain files only
 * @returns {Files}
 */
function untar(tar) {
  /** @type {Files} */
  const files = new Map();
  const text = (/** @type {number} */ from, /** @type {number} */ length) =>
    new TextDecoder().decode(tar.subarray(from, from + length)).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= tar.length && tar[at]; ) {
    const size = parseInt(text(at + 124, 12), 8);
    const kind = text(at + 156, 1) || "0";
    if (kind === "0") files.set(`/pglite/${text(at, 100)}`, tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
