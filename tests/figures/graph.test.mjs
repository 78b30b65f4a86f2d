// The model of the interleavings: following turns, judging an order, counting all of them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { doing, first, follow, ready, tally, verdict } from "../../docs/assets/figures/graph.js";

const RECORDINGS = new URL("../../docs/assets/figures/recordings/", import.meta.url);

async function recording(name) {
  return JSON.parse(await readFile(new URL(`${name}.json`, RECORDINGS), "utf8"));
}

const told = (moves) => moves.flatMap((move) => move.happenings);

test("the overdraft is what is shown first, and ends at -60", async () => {
  const graph = await recording("isolation/overdraft-read-committed");
  const moves = follow(graph, graph.story, true);
  assert.deepEqual(moves.at(-1).after.holds, { database: "ada -60" });
  assert.equal(verdict(graph, moves), "broken");
});

test("the same turns one level up end in 40001, a retry, and 20", async () => {
  const graph = await recording("isolation/overdraft-repeatable-read");
  const moves = follow(graph, graph.story, true);
  assert.ok(told(moves).some(([who, , fact]) => who === "laptop" && fact === "40001"));
  assert.deepEqual(moves.at(-1).after.holds, { database: "ada 20" });
  assert.equal(verdict(graph, moves), "retried");
});

test("a turn nobody can take is passed over", async () => {
  const graph = await recording("isolation/overdraft-read-committed");
  const turns = ["phone", "phone", "laptop", "laptop", "phone", "laptop"];
  const waiting = follow(graph, turns, false).at(-1).after;
  assert.equal(doing(graph, "laptop", waiting), "waits");
  assert.deepEqual(ready(waiting), ["phone"]);
  assert.equal(follow(graph, [...turns, "laptop", "nobody"], false).length, turns.length);
});

test("a party held back before its fill is said to be held, and not before it has begun", async () => {
  const graph = await recording("cache/delete_after_write");
  assert.equal(doing(graph, "reader", first(graph)), "idle");
  assert.equal(doing(graph, "reader", follow(graph, ["reader"], false).at(-1).after), "open");
  assert.equal(doing(graph, "reader", follow(graph, ["reader", "reader"], false).at(-1).after), "held");
});

// By the page's table: yes, no, or 40001 for each anomaly and level.
const LEVELS = ["read-uncommitted", "read-committed", "repeatable-read", "serializable"];
const TABLE = {
  dirty_read: ["no", "no", "no", "no"],
  non_repeatable_read: ["yes", "yes", "no", "no"],
  phantom: ["yes", "yes", "no", "no"],
  lost_update: ["yes", "yes", "40001", "40001"],
  overdraft: ["yes", "yes", "40001", "40001"],
  write_skew: ["yes", "yes", "yes", "40001"],
};

for (const [name, cells] of Object.entries(TABLE)) {
  for (const [place, level] of LEVELS.entries()) {
    test(`${name} at ${level}: ${cells[place]}, over all orders`, async () => {
      const count = tally(await recording(`isolation/${name}-${level}`));
      const cell = count.broken ? "yes" : count.retried ? "40001" : "no";
      assert.equal(cell, cells[place]);
      assert.ok(count.kept > 0, "one after the other, the rule is kept");
    });
  }
}

test("one order of ten leaves a stale entry, six with the key deleted first, none under a lease", async () => {
  const broken = async (name) => tally(await recording(`cache/${name}`)).broken;
  assert.deepEqual(
    [await broken("delete_after_write"), await broken("delete_before_write"), await broken("lease")],
    [1, 6, 0],
  );
});
