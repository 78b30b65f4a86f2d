/** Files that PostgreSQL needs only for some SQL: fetched when that SQL comes. */

import { unpack } from "./archive.js";
import { fetchFile } from "./programs.js";

/** @typedef {import("./archive.js").Archive} Archive */

const WANTED = /** @type {const} */ ([
  ["text-search", /tsvector|tsquery|\bts_|text\s+search/i],
  ["icu", /\bicu|-x-|\bunicode\b|\bcollat/i],
]);
const EXTENSION = /\bextension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/gi;
/** @type {Record<string, string[]>} */
const NEEDS = { earthdistance: ["cube"] };
const LIBRARY = /\bload\s+'([^']+)'/gi;

export class Packs {
  #urls;
  /** @type {Map<string, Promise<Archive>>} */
  #fetched = new Map();

  /** @param {Record<string, string>} urls  by the name of the pack */
  constructor(urls) {
    this.#urls = urls;
  }

  /**
   * Fetches what a text needs and what is not there yet. What cannot be fetched is left out:
   * PostgreSQL then says what it misses, and the next time it is tried again.
   * @param {string} sql
   * @returns {Promise<Archive[]>}
   */
  async wanted(sql) {
    const names = this.#missing(sql);
    if (names.length === 0) return [];
    const archives = await Promise.all(names.map((name) => this.#fetch(name).catch(() => null)));
    return archives.filter((archive) => archive !== null);
  }

  /** All that was fetched, for a backend that starts anew. */
  async fetched() {
    return Promise.all(this.#fetched.values());
  }

  /** @param {string} sql @returns {string[]} names of packs */
  #missing(sql) {
    const names = WANTED.filter(([, pattern]) => pattern.test(sql)).map(([name]) => String(name));
    for (const pattern of [EXTENSION, LIBRARY]) {
      for (const [, name = ""] of sql.matchAll(pattern)) names.push(name, ...(NEEDS[name] ?? []));
    }
    return names.filter((name) => name in this.#urls && !this.#fetched.has(name));
  }

  /** @param {string} name @returns {Promise<Archive>} */
  #fetch(name) {
    const archive = fetchFile(this.#urls[name] ?? "").then(unpack);
    this.#fetched.set(name, archive);
    archive.catch(() => this.#fetched.delete(name));
    return archive;
  }
}
