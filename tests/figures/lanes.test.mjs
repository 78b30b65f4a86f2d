// What the figure of the event loop says of its recording.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { during, late, latest } from "../../docs/assets/figures/lanes.js";

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
