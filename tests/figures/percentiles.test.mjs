// The numbers of the two figures about measuring are those of the page's listings.

import assert from "node:assert/strict";
import test from "node:test";

import { inTurn, onTime, p99 } from "../../docs/assets/figures/loops_model.js";
import {
  counted, extrapolated, measured, met, TEN, TRUE_P99, within,
} from "../../docs/assets/figures/percentiles_model.js";

test("ten measurements: 171.87 by statistics.quantiles, 98 by counting, as the listings print", () => {
  assert.equal(Math.round(extrapolated(TEN) * 100) / 100, 171.87);
  assert.equal(counted(TEN), 98);
  assert.equal(Math.round(extrapolated([1, 2, 3, 4, 5, 6, 7, 8, 9, 9]) * 10) / 10, 9);
  assert.deepEqual(measured(10, 0), TEN);
});

test("with 199 measurements the P99 is the one at place 198", () => {
  const times = Array.from({ length: 199 }, (_, place) => 2 * place);
  assert.equal(extrapolated(times), 2 * 197);
});

test("the same draw gives the same measurements, and another gives others", () => {
  assert.deepEqual(measured(50, 3), measured(50, 3));
  assert.notDeepEqual(measured(50, 3), measured(50, 4));
});

test("the drawn times have the distribution that is stated", () => {
  const times = measured(20_000, 7);
  const share = (limit) => times.filter((time) => time <= limit).length / times.length;
  assert.ok(Math.abs(share(15.5) - (1 - 0.1 * Math.exp(-0.5 / 25))) < 0.01);
  assert.ok(Math.abs(share(TRUE_P99) - 0.99) < 0.003);
  assert.equal(within(0), 11);
});

test("the P99s of small measurements lie far apart, those of large ones near the true one", () => {
  const spread = (n) => {
    const all = Array.from({ length: 40 }, (_, draw) => extrapolated(measured(n, draw + 1000)));
    return Math.max(...all) - Math.min(...all);
  };
  assert.ok(spread(10) > 4 * spread(1000));
});

test("299 requests meet one of the slowest hundredth with 95 percent", () => {
  assert.ok(met(299) >= 0.95 && met(298) < 0.95);
});

test("a stall of a second: the two lines that the listing prints", () => {
  const line = (requests) => [
    requests.length, p99(requests), Math.max(...requests.map(({ took }) => took)),
  ];
  assert.deepEqual(line(inTurn(1000)), [901, 5, 1005]);
  assert.deepEqual(line(onTime(1000)), [1000, 905, 1005]);
});

test("whatever the stall, the closed loop is late once at most", () => {
  for (let stall = 0; stall <= 2000; stall += 100) {
    assert.ok(inTurn(stall).filter(({ took }) => took > 10).length <= 1);
    assert.ok(p99(inTurn(stall)) === 5);
  }
});
