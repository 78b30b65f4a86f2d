// What the figures of lanes say of their recordings.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { during, late, latest, order } from "../../docs/assets/figures/lanes.js";

const file = new URL("../../docs/assets/figures/recordings/loop/visitors.json", import.meta.url);
const recording = JSON.parse(await readFile(file, "utf8"));

for (const language of ["Python", "JavaScript"]) {
  test(`${language}: while the report blocks, nobody has a turn, and somebody is late`, () => {
    const lanes = recording.blocks[language];
    assert.equal(during(lanes).turns, 0);
    assert.ok(during(lanes).ended - during(lanes).begun >= 399);
    assert.ok(latest(lanes).by > 250);
  });

  test(`${language}: beside a thread, the others go on`, () => {
    const lanes = recording.thread[language];
    assert.ok(during(lanes).turns > 5);
    assert.ok(latest(lanes).by < latest(recording.blocks[language]).by);
  });
}

test("a turn is late when it is noticed", () => {
  assert.equal(late([100, 101, 101]), false);
  assert.equal(late([100, 350, 351]), true);
});

const pieces = new URL("../../docs/assets/figures/recordings/workers/pieces.json", import.meta.url);

test("computing is done at once by processes alone, waiting by all", async () => {
  const { computes, waits } = JSON.parse(await readFile(pieces, "utf8"));
  const orders = (ways) => Object.entries(ways).map(([way, lanes]) => [way, order(...lanes)]);
  assert.deepEqual(orders(computes), [
    ["processes", "at once"], ["threads", "in turns"], ["coroutines", "one after the other"],
  ]);
  assert.deepEqual(orders(waits).map(([, lie]) => lie), ["at once", "at once", "at once"]);
});

test("how two pieces lie to each other", () => {
  assert.equal(order([[0, 10]], [[10, 20]]), "one after the other");
  assert.equal(order([[0, 5], [10, 15]], [[5, 10], [15, 20]]), "in turns");
  assert.equal(order([[0, 10]], [[8, 18]]), "at once");
  assert.equal(order([[0, 50], [60, 99]], [[49.9, 60], [99, 100]]), "in turns");
});
