// What recordings of lanes say: of an event loop, and of two pieces of work.

/** @typedef {[due: number, begun: number, ended: number]} Turn in milliseconds from the start */
/** @typedef {Record<string, Turn[]>} Lanes by the name of who took the turns */
/** @typedef {Record<string, Record<string, Lanes>>} Recording by way, then by language */
/** @typedef {[begun: number, ended: number]} Span in milliseconds from the start */

const NOTICED = 20; // milliseconds; below this a turn counts as in time
const TOGETHER = 0.05; // the share of the time from which on two count as working at once

/** @param {Turn} turn */
export const late = ([due, begun]) => begun - due > NOTICED;

/**
 * The turn that came latest, measured from when it was due.
 * @param {Lanes} lanes
 * @returns {{name: string, by: number}}
 */
export function latest(lanes) {
  const turns = Object.entries(lanes)
    .filter(([name]) => name !== "report")
    .flatMap(([name, all]) => all.map(([due, begun]) => ({ name, by: begun - due })));
  return turns.reduce((worst, turn) => (turn.by > worst.by ? turn : worst));
}

/**
 * The report's beginning and end, and how many turns the others had between them.
 * @param {Lanes} lanes
 */
export function during({ report = [], ...others }) {
  const [begun, ended] = [report[1]?.[1] ?? NaN, report.at(-1)?.[2] ?? NaN];
  const turns = Object.values(others).flat().filter((turn) => begun < turn[1] && turn[1] < ended);
  return { begun, ended, turns: turns.length };
}

/**
 * Says how two pieces of work lie to each other, each a list of when it was worked on.
 * @param {Span[]} first
 * @param {Span[]} second
 */
export function order(first, second) {
  const [done, other] = [first, second].map((spans) => spans.at(-1)?.[1] ?? 0);
  if (together(first, second) > TOGETHER * Math.max(done ?? 0, other ?? 0)) return "at once";
  return (second[0]?.[0] ?? 0) < (done ?? 0) ? "in turns" : "one after the other";
}

/**
 * @param {Span[]} first
 * @param {Span[]} second
 */
const together = (first, second) => first.flatMap(([begun, ended]) =>
  second.map(([from, to]) => Math.max(0, Math.min(ended, to) - Math.max(begun, from))))
  .reduce((sum, one) => sum + one, 0);
