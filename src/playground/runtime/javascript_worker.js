// Runs one JavaScript module and says when it has ended, as Node would: after its last timer.
// The module is put behind this script as the function `main`: see javascript.js.
import { format } from "./inspect.js";
import { Printer } from "./printer.js";

/** @type {MessagePort} */
let page;
let pending = 1; // the module itself, and its timers

const printer = new Printer((stream, text) => page.postMessage({ type: "output", stream, text }));
/** @param {"stdout" | "stderr"} stream */
const print =
  (stream) =>
  /** @param {unknown[]} values */
  (...values) =>
    printer.print(stream, `${format(values)}\n`);
Object.assign(console, {
  log: print("stdout"),
  info: print("stdout"),
  debug: print("stdout"),
  warn: print("stderr"),
  error: print("stderr"),
});

/** @param {unknown} [problem] */
function end(problem) {
  printer.flush();
  page.postMessage({ type: "done", ...(problem === undefined ? {} : described(problem)) });
}

/** @param {unknown} problem @returns {{text: string, lines: number[]}} lines: of this script, from 1 */
function described(problem) {
  const error = problem instanceof Error ? problem : new Error(String(problem));
  const stack = problem instanceof Error ? (error.stack ?? "") : "";
  const lines = [...stack.matchAll(/:(\d+):\d+\)?$/gm)].map(([, line]) => Number(line));
  return { text: `${error.name}: ${error.message}`, lines };
}

function oneLess() {
  pending -= 1;
  if (pending === 0) end();
}

const { setTimeout: set, clearTimeout: clear } = self;
/** @type {Set<unknown>} */
const timers = new Set();
Object.assign(self, {
  /** @param {(...values: unknown[]) => void} callback @param {number} delay @param {unknown[]} values */
  setTimeout(callback, delay, ...values) {
    const timer = set(() => {
      timers.delete(timer);
      callback(...values);
      oneLess();
    }, delay);
    timers.add(timer);
    pending += 1;
    return timer;
  },
  /** @param {number} timer */
  clearTimeout(timer) {
    clear(timer);
    if (timers.delete(timer)) oneLess();
  },
});

self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  end(event.reason);
});

self.onmessage = ({ ports }) => {
  page = ports[0];
  page.onmessage = async () => {
    try {
      await main();
    } catch (problem) {
      return end(problem);
    }
    oneLess();
  };
};
