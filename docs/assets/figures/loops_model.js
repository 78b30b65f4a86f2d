// The page's listing `stalled_server` with a stall of any length: one server, two clients.

const EVERY = 10; // milliseconds from one request to the next
const TAKES = 5;
const BEGINS = 5_000;
export const LASTS = 10_000;

/** @typedef {{due: number, took: number}} Request both in milliseconds */

/**
 * @param {number} sent
 * @param {number} stall how long the server stands still
 */
const answeredAt = (sent, stall) =>
  (sent >= BEGINS && sent < BEGINS + stall ? BEGINS + stall : sent) + TAKES;

/**
 * A closed loop: sends the next request when the last has been answered.
 * @param {number} stall milliseconds
 * @returns {Request[]}
 */
export function inTurn(stall) {
  const requests = [];
  for (let clock = 0; clock < LASTS;) {
    const answered = answeredAt(clock, stall);
    requests.push({ due: clock, took: answered - clock });
    clock = Math.max(answered, clock + EVERY);
  }
  return requests;
}

/**
 * An open loop: sends by a timetable, answered or not.
 * @param {number} stall milliseconds
 * @returns {Request[]}
 */
export function onTime(stall) {
  return Array.from({ length: LASTS / EVERY }, (_, place) => {
    const due = place * EVERY;
    return { due, took: answeredAt(due, stall) - due };
  });
}

/**
 * The P99 by counting.
 * @param {Request[]} requests
 */
export function p99(requests) {
  const times = requests.map(({ took }) => took).sort((a, b) => a - b);
  return times[Math.ceil((99 * times.length) / 100) - 1] ?? NaN;
}
