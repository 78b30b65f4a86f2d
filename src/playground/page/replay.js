/** Play a record again, with the timing that CI saw. */

/** @import { Output } from "./output.js" */
/** @import { ListingData } from "./types.js" */

const LONGEST = 6; // seconds; longer records are played faster

/** @param {NonNullable<ListingData["record"]>} record */
export function pace(record) {
  const seconds = record.at(-1)?.[0] ?? 0;
  return { seconds, factor: Math.min(1, LONGEST / (seconds || 1)) };
}

/**
 * Returns whether it was played to its end.
 *
 * @param {NonNullable<ListingData["record"]>} record
 * @param {Output} output
 * @param {{atOnce: boolean, signal: AbortSignal}} how
 */
export async function replay(record, output, { atOnce, signal }) {
  const { factor } = pace(record);
  let now = 0;
  for (const [second, line] of record) {
    if (!atOnce && second > now) await pause((second - now) * factor * 1000, signal);
    if (signal.aborted) break;
    now = Math.max(now, second);
    output.write({ stream: "stdout", text: `${line}\n` });
  }
  output.draw();
  output.state = signal.aborted ? "stopped" : "recorded";
  return !signal.aborted;
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
