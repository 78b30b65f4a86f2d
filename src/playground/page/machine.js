/** The one runtime of the page, and whose turn it is to use it. */

/** @import { Progress, Runtime } from "./types.js" */
/** @typedef {{runtime: Runtime, supported: () => string}} Machine */

/** @type {Promise<Machine> | undefined} */
let loading;
/** @type {Promise<unknown>} */
let last = Promise.resolve();
let busy = 0;
/** @type {((progress: Progress) => void) | null} */
let listener = null;

/** Load the runtime, once. It fetches nothing else before it is told to. */
export function machine() {
  loading ??= load();
  return loading;
}

/** @returns {Promise<Machine>} */
async function load() {
  const { Runtime, supported } = await import("../runtime/runtime.js");
  const runtime = new Runtime({ base: new URL(".", import.meta.url) });
  runtime.onprogress = (/** @type {Progress} */ progress) => listener?.(progress);
  return { runtime, supported };
}

/** @param {((progress: Progress) => void) | null} hear  the listing that runs hears it, no other */
export function onProgress(hear) {
  listener = hear;
}

/**
 * Do `task` when all tasks before it have ended, unless `left` is aborted by then.
 *
 * @template Result
 * @param {() => Promise<Result>} task
 * @param {() => void} waiting  called if it has to wait
 * @param {AbortSignal} left
 * @returns {Promise<Result | null>} null if it was left
 */
export async function inTurn(task, waiting, left) {
  const before = last;
  /** @type {(value: null) => void} */
  let end = () => {};
  last = new Promise((resolve) => (end = resolve));
  if (busy) waiting();
  busy += 1;
  try {
    await before;
    return left.aborted ? null : await task();
  } finally {
    busy -= 1;
    end(null);
  }
}

/**
 * @param {unknown} problem
 * @returns {problem is Error}  whether this browser lacks something, and its message says what
 */
export function isUnsupported(problem) {
  return problem instanceof Error && problem.name === "Unsupported";
}
