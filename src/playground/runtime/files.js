/** The files of the playground: each fetched once, with the progress of all of them together. */

import { fetchBytes } from "../database/assets.js";

/** @typedef {{url: string, size: number}} Asset */

export class Files {
  /** @param {URL} base  the folder of the assets */
  constructor(base) {
    this.base = base;
    /** @type {Map<string, Promise<Uint8Array<ArrayBuffer>>>} */
    this.fetched = new Map();
    this.loaded = this.total = 0;
    /** @type {Set<string>} all that was fetched, here or by a worker */
    this.used = new Set();
    /** @type {(loaded: number, total: number) => void} */
    this.onprogress = () => {};
  }

  /** @param {Asset} asset @returns {Promise<Uint8Array<ArrayBuffer>>} its bytes, unpacked */
  bytes(asset) {
    let found = this.fetched.get(asset.url);
    if (!found) {
      this.expect(asset);
      found = fetchBytes(this.address(asset), (more) => this.arrived(more));
      this.fetched.set(asset.url, found);
      found.catch(() => this.fetched.delete(asset.url)); // so that the next try fetches it anew
    }
    return found;
  }

  /** @param {Asset} asset */
  async text(asset) {
    return new TextDecoder().decode(await this.bytes(asset));
  }

  /** @param {Asset} asset */
  address(asset) {
    return new URL(asset.url, this.base).href;
  }

  /** @param {Asset} asset  that is going to be fetched */
  expect(asset) {
    this.total += asset.size;
    this.used.add(asset.url);
  }

  /** @param {number} more  bytes that have arrived */
  arrived(more) {
    this.loaded += more;
    this.onprogress(Math.min(this.loaded, this.total), this.total);
  }
}
