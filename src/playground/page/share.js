/** An edit as a link: it stands in the address's fragment, which a browser sends to nobody. */

/** @import { Edit } from "./types.js" */
/** @typedef {Edit & {module: string, section: string, of: string}} Shared */

const LARGEST = 200_000; // characters; more is no edit of a listing

/** @param {Shared} shared */
export async function encode(shared) {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Read what a link brings, or return null if it cannot be read.
 *
 * @param {string} code
 * @returns {Promise<Shared | null>}
 */
export async function decode(code) {
  try {
    const binary = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const bytes = await through(packed, new DecompressionStream("deflate-raw"));
    return checked(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

/**
 * @param {any} read  whatever stood in the link
 * @returns {Shared | null}
 */
function checked({ module, section, whole, text, of }) {
  const texts = [module, section, text, of].every((value) => typeof value === "string");
  return texts ? { module, section, whole: whole === true, text, of } : null;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 */
async function through(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size > LARGEST) throw new RangeError("too large"); // a few bytes can unpack to gigabytes
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
