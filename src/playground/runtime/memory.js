/**
 * Python's memory after its start, as the difference from what WebAssembly begins with. The build
 * takes it (memory.mjs); the worker puts it back in place of starting Python.
 *
 * A difference is 32-bit numbers (the snapshot's size in bytes, the size of its head, which is
 * Pyodide's, the number of runs, and for each run its first block and how many blocks), then the
 * blocks that differ.
 */

const BLOCK = 256; // bytes
const PAGE = 65536; // bytes: what WebAssembly's memory grows by
const FIXED = 3; // numbers before those of the runs

/**
 * @param {Uint8Array<ArrayBuffer>} snapshot  as Pyodide makes it: a head, then the memory
 * @param {Uint8Array} base  the memory of a new instance
 * @returns {Uint8Array<ArrayBuffer>} the difference
 */
export function difference(snapshot, base) {
  const head = new Uint32Array(snapshot.buffer, 0, 2)[1];
  const before = new Uint8Array(snapshot.length);
  before.set(base, head);
  /** @type {number[][]} */
  const runs = [];
  for (let block = 0; block * BLOCK < snapshot.length; block++) {
    const start = block * BLOCK;
    const end = Math.min(start + BLOCK, snapshot.length);
    let at = start;
    while (at < end && snapshot[at] === before[at]) at++;
    if (at === end) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === block) last[1]++;
    else runs.push([block, 1]);
  }
  const numbers = new Uint32Array([snapshot.length, head, runs.length, ...runs.flat()]);
  const blocks = runs.map(([first, count]) =>
    snapshot.subarray(first * BLOCK, (first + count) * BLOCK),
  );
  const made = new Uint8Array(
    numbers.byteLength + blocks.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of [new Uint8Array(numbers.buffer), ...blocks]) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

/**
 * Put the memory back.
 *
 * @param {Uint8Array<ArrayBuffer>} difference
 * @param {WebAssembly.Memory} memory  of a new instance; it grows to what it was
 * @param {Uint8Array<ArrayBuffer>} snapshot  where to put it, as Pyodide takes it: what `room` gave
 */
export function restore(difference, memory, snapshot) {
  const { buffer, byteOffset } = difference;
  const [size, head, count] = new Uint32Array(buffer, byteOffset, FIXED);
  const runs = new Uint32Array(buffer, byteOffset + FIXED * 4, count * 2);
  snapshot.set(new Uint8Array(memory.buffer), head);
  memory.grow((size - head - memory.buffer.byteLength) / PAGE);
  let at = (FIXED + count * 2) * 4;
  for (let run = 0; run < runs.length; run += 2) {
    const start = runs[run] * BLOCK;
    const length = Math.min(runs[run + 1] * BLOCK, snapshot.length - start);
    snapshot.set(difference.subarray(at, at + length), start);
    at += length;
  }
}

/** @param {Uint8Array<ArrayBuffer>} difference @returns {Uint8Array<ArrayBuffer>} room for the snapshot */
export function room(difference) {
  return new Uint8Array(new Uint32Array(difference.buffer, difference.byteOffset, 1)[0]);
}
