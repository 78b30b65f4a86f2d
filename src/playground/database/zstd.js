/** Unpacks what was compressed with Zstandard, which no browser does by itself. */

import { ZSTDDecoder } from "zstddec";

const decoder = new ZSTDDecoder();
/** @type {Promise<void> | undefined} */
let ready;

/**
 * @param {Uint8Array} packed
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function unpacked(packed) {
  await (ready ??= started());
  return /** @type {Uint8Array<ArrayBuffer>} */ (decoder.decode(packed));
}

/** Its program is in an address that it fetches: the site's policy would not let it. */
function started() {
  const { fetch } = globalThis;
  const answer = (/** @type {string} */ address) => ({ arrayBuffer: async () => included(address) });
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ address) => answer(address));
  const begun = decoder.init(); // asks for it at once
  globalThis.fetch = fetch;
  return begun;
}

/** @param {string} address  that begins with `data:` @returns {ArrayBuffer} what it holds */
function included(address) {
  const data = atob(address.slice(address.indexOf(",") + 1));
  return Uint8Array.from(data, (character) => character.charCodeAt(0)).buffer;
}
