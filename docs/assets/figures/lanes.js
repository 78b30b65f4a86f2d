// What a recording of an event loop says.

/** @typedef {[due: number, begun: number, ended: number]} Turn in milliseconds from the start */
/** @typedef {Record<string, Turn[]>} Lanes by the name of who took the turns */
/** @typedef {Record<string, Record<string, Lanes>>} Recording by way, then by language */

const NOTICED = 20; // milliseconds; below this a turn counts as in time

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
