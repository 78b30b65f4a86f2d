// The waterfall's equations, on numbers that can be worked out by hand.

import assert from "node:assert/strict";
import test from "node:test";

import { FILES, loads, total } from "../../docs/assets/figures/waterfall_model.js";

const ROUND = 80;
const LINE = (8 * 30) / 50; // ms for one file at 50 Mbit/s
const times = (round, megabits) => loads(round, megabits).map(total);

test("at 80 ms the four totals are those of the equations", () => {
  const connection = 3 * ROUND;
  const page = ROUND + 10 + LINE;
  const [one, six, two, three] = times(ROUND);
  assert.ok(Math.abs(one - (connection + page + FILES * (ROUND + 10 + LINE))) < 1e-9);
  // Twenty-four files, six connections: the first begins at once, the others two round trips later.
  const fetching = ROUND + 10 + 6 * LINE;
  assert.ok(Math.abs(six - (connection + page + 2 * ROUND + 4 * fetching)) < 1e-9);
  assert.ok(Math.abs(two - (connection + page + ROUND + 10 + FILES * LINE)) < 1e-9);
  assert.ok(Math.abs(three - (two - ROUND)) < 1e-9);
});

test("each version is at least as fast as the one before, at any distance", () => {
  for (let round = 10; round <= 300; round += 10) {
    const [one, six, two, three] = times(round);
    assert.ok(one > six && six > two && two > three, `${round} ms`);
  }
});

test("at 80 ms, half the distance saves more than ten times the bandwidth, over HTTP/2", () => {
  const [, , now] = times(ROUND);
  const [, , nearer] = times(ROUND / 2);
  const [, , wider] = times(ROUND, 500);
  assert.ok(now - nearer > now - wider);
});
