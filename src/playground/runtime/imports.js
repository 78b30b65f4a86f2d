/** What a program's imports take: archives, and the memory that Python begins with. */

/** @import { Asset } from "./files.js" */

/**
 * @typedef {object} Memory  Python's after its start and some imports
 * @property {Asset} memory
 * @property {Asset} files  of its packages, as far as they are not in it
 * @property {string[]} packages  that it has
 * @property {string} of  the package whose importers begin with it; empty: all others do
 * @property {string[]} archives  that come with it
 */

/**
 * @typedef {object} ImportAssets
 * @property {Record<string, Memory>} memories  by their names
 * @property {Record<string, Asset>} archives
 * @property {Record<string, string[]>} required  archives by the archive that requires them
 * @property {Record<string, string>} imports  archive by the name that is imported
 * @property {string[]} again  modules whose programs may import a second time what is in memory
 */

export class Imports {
  /** @param {ImportAssets} assets */
  constructor(assets) {
    this.assets = assets;
  }

  /** @param {string[]} names @returns {string | undefined} the memory that is made for these imports */
  memory(names) {
    const imported = new Set(names.map((name) => this.archiveOf(name)));
    const memories = Object.entries(this.assets.memories);
    return memories.find(([, memory]) => memory.of && imported.has(memory.of))?.[0];
  }

  /**
   * @param {string[]} names
   * @param {Set<string>} present  archives that need not be fetched
   * @returns {string[]} the archives to fetch for these imports
   */
  archives(names, present) {
    /** @type {Set<string>} */
    const found = new Set();
    const waiting = names.map((name) => this.archiveOf(name)).filter((archive) => archive);
    for (const name of waiting) {
      if (found.has(name) || present.has(name)) continue;
      found.add(name);
      waiting.push(...(this.assets.required[name] ?? []));
    }
    return [...found];
  }

  /** @param {string} name  as it is imported @returns {string} its archive; empty if it needs none */
  archiveOf(name) {
    const { imports, again } = this.assets;
    const [first] = name.split(".");
    if (Object.hasOwn(imports, name)) return imports[name];
    return Object.hasOwn(imports, first) && !again.includes(first) ? imports[first] : "";
  }
}
