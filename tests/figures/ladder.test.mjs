// The scale of the latency ladder, and how it measures with a clock that is too coarse.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { coarseness, oneOfMany, scaled, shown } from "../../docs/assets/figures/ladder_model.js";

const file = new URL("../../docs/assets/figures/recordings/latency/ladder.json", import.meta.url);

// A clock that moves on with each look, and shows it in steps.
function clock(step, look = 0.001) {
  let time = 0.3;
  const read = () => Math.floor((time += look) / step) * step;
  read.pass = (milliseconds) => { time += milliseconds; };
  return read;
}

test("the words for each rung are those that the recording holds", async () => {
  const { rungs } = JSON.parse(await readFile(file, "utf8"));
  assert.ok(rungs.length >= 4);
  for (const rung of rungs) assert.equal(scaled(rung.nanoseconds), rung.as);
});

test("a second for each nanosecond, and a unit that fits", () => {
  assert.deepEqual([0.5, 1, 90, 100_000, 31_557_600].map(scaled), [
    "0.5 seconds", "1 second", "1.5 minutes", "1.2 days", "1 year",
  ]);
  assert.deepEqual([7.4, 15_000, 120_000_000].map(shown), ["7.4 ns", "15 µs", "120 ms"]);
});

for (const step of [0.005, 0.1, 1]) {
  test(`a clock that moves in steps of ${step} ms is found to`, () => {
    assert.ok(Math.abs(coarseness(clock(step)) - step * 1e6) < 2e3);
  });
}

test("steps that are missed do not count: the smallest does", () => {
  const times = [0, 0, 0.3, 0.4, 0.4, 0.9, 1.1, 1.2];
  assert.equal(Math.round(coarseness(() => times.shift())), 100_000);
});

test("a clock that stands still has no step", () => {
  assert.ok(Number.isNaN(coarseness(() => 7)));
});

for (const [step, takes] of [[0.1, 50], [1, 50], [0.1, 3_000_000]]) {
  test(`something of ${takes} ns is measured by steps of ${step} ms`, async () => {
    const time = clock(step, 0);
    const one = await oneOfMany((times) => time.pass(times * takes / 1e6), step * 1e6, time);
    assert.ok(Math.abs(one - takes) <= 0.1 * takes, String(one));
  });
}
