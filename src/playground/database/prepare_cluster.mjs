/** A fresh PostgreSQL data directory, as small as it gets. */

import { PGlite } from "@electric-sql/pglite";

const DATA = "/pglite/data";

/** As src/local_servers/postgres.py makes it for the tests: text sorts the same in both. */
const INITDB = [
  "--wal-segsize=1",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  "--set=timezone=UTC",
  "--set=log_timezone=UTC",
];

const SHRINK = [
  "TRUNCATE pg_statistic",
  // The comments on built-in functions; those that psql shows stay.
  "DELETE FROM pg_description WHERE classoid NOT IN ('pg_extension'::regclass, 'pg_namespace'::regclass)",
  "VACUUM FULL",
  "VACUUM FREEZE",
  "CHECKPOINT",
  "SELECT pg_switch_wal()", // the last segment then holds one record
];

/** What PGlite calls Emscripten's file system. @typedef {any} FS */

/** @returns {Promise<{folders: string[], files: Map<string, Uint8Array>}>} */
export async function dataDirectory() {
  const postgres = await PGlite.create({ initDbStartParams: INITDB });
  for (const statement of SHRINK) await postgres.exec(statement);
  const files = /** @type {FS} */ (postgres).Module.FS; // stays readable when the server is gone
  await postgres.close(); // a clean shutdown: the next start has nothing to recover
  const found = read(files, DATA);
  keepOneSegment(found.files);
  shareTemplates(found);
  withoutComments(found.files);
  return found;
}

/**
 * @param {FS} system
 * @param {string} root
 */
function read(system, root) {
  /** @type {{folders: string[], files: Map<string, Uint8Array>}} */
  const found = { folders: [root], files: new Map() };
  for (const name of system.readdir(root)) {
    const path = `${root}/${name}`;
    if (name === "." || name === "..") continue;
    if (system.isDir(system.stat(path).mode)) {
      const below = read(system, path);
      found.folders.push(...below.folders);
      for (const [file, data] of below.files) found.files.set(file, data);
    } else {
      found.files.set(path, system.readFile(path));
    }
  }
  return found;
}

/**
 * Of the write-ahead log only the segment with the last checkpoint is read at the start.
 * src/include/catalog/pg_control.h: the checkpoint's place stands at byte 32.
 * @param {Map<string, Uint8Array>} files
 */
function keepOneSegment(files) {
  const control = /** @type {Uint8Array} */ (files.get(`${DATA}/global/pg_control`));
  const place = new DataView(control.buffer, control.byteOffset).getBigUint64(32, true);
  const hex = (/** @type {bigint} */ number) => number.toString(16).toUpperCase().padStart(8, "0");
  const name = `00000001${hex(place >> 32n)}${hex((place & 0xffffffffn) >> 20n)}`;
  const segment = /** @type {Uint8Array} */ (files.get(`${DATA}/pg_wal/${name}`));
  for (const path of [...files.keys()]) if (path.startsWith(`${DATA}/pg_wal/`)) files.delete(path);
  const page = Number(place & 0xfffffn & ~0x1fffn);
  segment.fill(0, page + 0x2000); // a segment is used again and holds old records
  files.set(`${DATA}/pg_wal/${name}`, segment);
}

/**
 * Makes the two template databases (1 and 4) equal to the one in use (5): they then cost nothing.
 * @param {{folders: string[], files: Map<string, Uint8Array>}} found
 */
function shareTemplates({ files }) {
  for (const path of [...files.keys()]) if (/\/base\/[14]\//.test(path)) files.delete(path);
  for (const [path, data] of [...files]) {
    if (!path.startsWith(`${DATA}/base/5/`)) continue;
    files.set(path.replace("/base/5/", "/base/1/"), data);
    files.set(path.replace("/base/5/", "/base/4/"), data);
  }
}

/** @param {Map<string, Uint8Array>} files */
function withoutComments(files) {
  for (const name of ["postgresql.conf", "pg_hba.conf", "pg_ident.conf"]) {
    const text = new TextDecoder().decode(files.get(`${DATA}/${name}`));
    const lines = text.split("\n").filter((line) => /^[^#\s]/.test(line));
    files.set(`${DATA}/${name}`, new TextEncoder().encode(lines.join("\n") + "\n"));
  }
}
