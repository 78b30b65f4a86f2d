// A second for each nanosecond, and how a program measures what its clock is too coarse for.

const UNITS = /** @type {[string, number][]} */ ([
  ["year", 31_557_600], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1],
]);
const STEPS = 5; // of the clock, that are waited for
const PATIENCE = 1e7; // looks at a clock that stands still
const ENOUGH = 10; // steps that a measurement lasts at least: an error of ten percent
const WARM = 3e7; // nanoseconds, until the browser has compiled what is repeated

/** @typedef {() => number} Clock the time in milliseconds */

/**
 * A time in words, a second for each nanosecond, with two digits that count.
 * @param {number} nanoseconds
 */
export function scaled(nanoseconds) {
  const [unit, size] = UNITS.find((one) => nanoseconds >= one[1]) ?? ["second", 1];
  return counted(nanoseconds / size, unit);
}

/**
 * A time as it is, with two digits that count.
 * @param {number} nanoseconds
 */
export function shown(nanoseconds) {
  const [unit, size] = nanoseconds >= 1e6 ? ["ms", 1e6] : nanoseconds >= 1e3 ? ["µs", 1e3] : ["ns", 1];
  return `${Number((nanoseconds / Number(size)).toPrecision(2))} ${unit}`;
}

/**
 * @param {number} count
 * @param {string} unit
 */
function counted(count, unit) {
  const rounded = Number(count.toPrecision(2));
  return `${rounded} ${unit}${rounded === 1 ? "" : "s"}`;
}

/**
 * The smallest step in which a clock moves, in nanoseconds; NaN if it stands still.
 * @param {Clock} clock
 */
export function coarseness(clock) {
  let smallest = NaN;
  let before = clock();
  for (let steps = 0, looks = 0; steps < STEPS && looks < PATIENCE; looks += 1) {
    const now = clock();
    if (now === before) continue;
    if (!(now - before >= smallest)) smallest = now - before;
    before = now;
    steps += 1;
  }
  return smallest * 1e6;
}

/**
 * The time of one of many, in nanoseconds: so many are done that the clock's step hardly counts.
 * @param {(times: number) => unknown} repeat does it so many times, and may return a promise
 * @param {number} step the clock's, in nanoseconds
 * @param {Clock} clock one that moves
 */
export async function oneOfMany(repeat, step, clock) {
  for (let times = 1000; ; times *= 2) {
    const began = clock();
    await repeat(times);
    const took = (clock() - began) * 1e6;
    if (took >= Math.max(ENOUGH * step, WARM)) return took / times;
  }
}
