/**
 * Brings a backend back to the state it was in: its memory, its files, its open files.
 *
 * This is how the database gets empty again. SQL could drop tables, roles and settings, but not
 * set back the counters of transactions and object ids; and dropping takes longer.
 */

import { children } from "./files.js";

/** @typedef {any} Module @typedef {any} Node */
/** @typedef {import("./files.js").Files} Files */

const PAGE = 65536;
const CHANGING = ["/pglite/data", "/tmp"]; // the folders that the server writes to

/**
 * @param {Module} module
 * @param {Files} files
 * @returns {() => void} sets everything back
 */
export function takeSnapshot(module, files) {
  const stack = module.stackSave();
  const memory = copyMemory(module.HEAPU8, files.memoryEnd);
  const trees = CHANGING.map((path) => copyTree(files.system, path));
  const open = copyStreams(files.system);
  return () => {
    open();
    for (const restore of trees) restore();
    memory(module.HEAPU8);
    module.stackRestore(stack);
  };
}

/** @param {Uint8Array} page */
function isEmpty(page) {
  const words = new Int32Array(page.buffer, page.byteOffset, PAGE / 4);
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) return false;
  return true;
}

/**
 * @param {Uint8Array} heap
 * @param {number} place  where the end of what is in use stands
 */
function endOf(heap, place) {
  const end = new DataView(heap.buffer).getUint32(place, true);
  return Math.ceil(end / PAGE) * PAGE;
}

/**
 * @param {Uint8Array} heap
 * @param {number} place  where the end of what is in use stands
 * @returns {(heap: Uint8Array) => void}
 */
function copyMemory(heap, place) {
  /** @type {Map<number, Uint8Array>} */
  const pages = new Map();
  for (let at = 0; at < endOf(heap, place); at += PAGE) {
    const page = heap.subarray(at, at + PAGE);
    if (!isEmpty(page)) pages.set(at, page.slice());
  }
  return (now) => {
    for (let at = 0, end = endOf(now, place); at < end; at += PAGE) {
      const saved = pages.get(at);
      if (saved) now.set(saved, at);
      else if (!isEmpty(now.subarray(at, at + PAGE))) now.fill(0, at, at + PAGE);
    }
  };
}

/**
 * @param {any} system
 * @param {string} path  of a folder
 * @returns {() => void}
 */
function copyTree(system, path) {
  const root = system.lookupPath(path).node;
  const nodes = [...below(root)].map((node) => ({ node, restore: copyNode(node) }));
  const restoreRoot = copyNode(root);
  return () => {
    // All names go first: a file that was renamed may stand where another is to come back.
    for (const node of [...below(root)]) system.hashRemoveNode(node);
    restoreRoot();
    for (const { node, restore } of nodes) {
      restore();
      system.hashAddNode(node);
    }
  };
}

/** @param {Node} node @returns {Generator<Node>} */
function* below(node) {
  for (const child of children(node)) {
    yield child;
    yield* below(child);
  }
}

/** @param {Node} node @returns {() => void} */
function copyNode(node) {
  const { name, parent, mode, contents } = node;
  if (!ArrayBuffer.isView(contents)) {
    const entries = { ...contents };
    return () => Object.assign(node, { name, parent, mode, contents: { ...entries } });
  }
  const restore = copyContents(node);
  return () => {
    Object.assign(node, { name, parent, mode });
    restore();
  };
}

/** @param {Node} node  a file */
function copyContents(node) {
  const { usedBytes } = node;
  const saved = /** @type {Uint8Array} */ (node.contents).slice(0, usedBytes);
  node.mtime = 0; // a write sets it to now
  return () => {
    if (node.mtime === 0 && node.usedBytes === usedBytes) return;
    Object.assign(node, { contents: saved.slice(), usedBytes, mtime: 0 });
  };
}

/**
 * Files that are open stay open: the backend has their numbers in its memory.
 * @param {any} system
 */
function copyStreams(system) {
  const saved = system.streams.map((/** @type {any} */ stream) => {
    if (!stream) return stream;
    const { fd, node, position, flags } = stream; // closing takes away the number
    return { stream, state: { fd, node, position, flags } };
  });
  return () => {
    system.streams = saved.map((/** @type {any} */ one) => one && Object.assign(one.stream, one.state));
  };
}
