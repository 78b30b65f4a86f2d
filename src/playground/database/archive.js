/**
 * Many files in one: a header in JSON that says where each file lies, then the bytes.
 * Equal files are stored once. What compresses the whole is the caller's affair.
 */

/**
 * @typedef {object} Header
 * @property {string[]} folders  absolute, parents first
 * @property {[path: string, offset: number, size: number][]} files  offsets count from the header's end
 */

/** @typedef {{folders: string[], files: Map<string, Uint8Array>}} Archive */

/**
 * Returns the folders and files of an archive. The files share the archive's memory.
 * @param {Uint8Array} bytes
 * @returns {Archive}
 */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const start = 4 + length;
  /** @type {Header} */
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
  const files = new Map();
  for (const [path, offset, size] of header.files) {
    files.set(path, bytes.subarray(start + offset, start + offset + size));
  }
  return { folders: header.folders, files };
}

/**
 * @param {Archive} archive
 * @returns {Uint8Array}
 */
export function pack({ folders, files }) {
  /** @type {Header} */
  const header = { folders: [...folders].sort(), files: [] };
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @type {Uint8Array[]} */
  const parts = [];
  let end = 0;
  for (const path of [...files.keys()].sort()) {
    const data = /** @type {Uint8Array} */ (files.get(path));
    const key = fingerprint(data);
    if (!known.has(key)) {
      known.set(key, end);
      parts.push(data);
      end += data.length;
    }
    header.files.push([path, /** @type {number} */ (known.get(key)), data.length]);
  }
  return join(new TextEncoder().encode(JSON.stringify(header)), parts, end);
}

/** @param {Uint8Array} data */
function fingerprint(data) {
  return new TextDecoder("latin1").decode(data); // the content itself: two files never clash
}

/**
 * @param {Uint8Array} header
 * @param {Uint8Array[]} parts
 * @param {number} size  of all parts together
 */
function join(header, parts, size) {
  const bytes = new Uint8Array(4 + header.length + size);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let at = 4 + header.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
