/** What a server fetches: its program and its files, each packed as its name says. */

import { fetchBytes } from "./assets.js";
import { unpacked } from "./zstd.js";

/** @typedef {import("./assets.js").OnBytes} OnBytes */

/**
 * @param {string} url
 * @param {OnBytes} [onbytes]
 * @returns {Promise<Uint8Array<ArrayBuffer>>} the file, unpacked
 */
export async function fetchFile(url, onbytes) {
  const bytes = await fetchBytes(url, onbytes);
  return url.endsWith(".zst") ? unpacked(bytes) : bytes;
}

/**
 * @param {string} url
 * @param {OnBytes} onbytes
 * @returns {Promise<WebAssembly.Module>}
 */
export async function fetchModule(url, onbytes) {
  return WebAssembly.compile(await fetchFile(url, onbytes));
}
