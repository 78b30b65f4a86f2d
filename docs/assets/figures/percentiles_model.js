// Percentiles of a few measurements, and of a service whose times are known.

/** What the page's listing `ten_samples` works on, in milliseconds. */
export const TEN = [12, 14, 11, 13, 12, 15, 13, 12, 14, 98];

/**
 * The time below which a share of the service's requests stay, in milliseconds: nine in ten take
 * 11 to 15, evenly, and for the others the time beyond 15 is exponential, with a mean of 25.
 * @param {number} share from 0 to just below 1
 */
export const within = (share) =>
  share < 0.9 ? 11 + (4 * share) / 0.9 : 15 - 25 * Math.log((1 - share) / 0.1);

/** The service's P99: 15 + 25 ln 10. */
export const TRUE_P99 = within(0.99);

/**
 * Draws measurements of the service, in milliseconds; the same ones for the same draw.
 * @param {number} n how many
 * @param {number} draw draw 0 begins with the ten of the listing
 * @returns {number[]}
 */
export function measured(n, draw) {
  const random = randomness(draw + 1);
  const times = Array.from({ length: n }, () => Math.round(within(random())));
  return draw === 0 ? [...TEN, ...times].slice(0, n) : times;
}

/**
 * A P99 as Python's `statistics.quantiles(times, n=100)[98]` works it out: at the place
 * 0.99 (n + 1), on the line through its neighbours, or, past the end, through the last two.
 * @param {number[]} times at least two
 */
export function extrapolated(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const place = Math.min(Math.max(Math.floor((99 * (times.length + 1)) / 100), 1), times.length - 1);
  const rest = 99 * (times.length + 1) - 100 * place;
  const [below = 0, above = 0] = sorted.slice(place - 1, place + 1);
  return (below * (100 - rest) + above * rest) / 100;
}

/**
 * A P99 by counting: the nearest rank.
 * @param {number[]} times
 */
export function counted(times) {
  return times.toSorted((a, b) => a - b)[Math.ceil((99 * times.length) / 100) - 1] ?? NaN;
}

/**
 * How likely at least one of n requests belongs to the slowest hundredth.
 * @param {number} n
 */
export const met = (n) => 1 - 0.99 ** n;

/**
 * Numbers from 0 to 1 that look random and are the same each time (mulberry32).
 * @param {number} seed
 * @returns {() => number}
 */
function randomness(seed) {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
