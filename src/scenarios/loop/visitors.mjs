// Three visitors and a report share an event loop; prints when each had its turns, as JSON.
// "blocks" as the argument makes the report block the loop, "thread" moves it into a worker.
// Every lane is a generator that yields promises, so that each of its turns can be noted: due,
// begun, ended, in milliseconds. An async function takes its turns at the same places.

import { Worker } from "node:worker_threads";

const VISITORS = { ada: 100, grace: 130, "health check": 80 }; // milliseconds
const ASKS = 8;
const [BEGINS, TAKES] = [250, 400];
const SLEEP = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${TAKES})`;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function* visitor(due, every) {
  for (let asked = 0; asked < ASKS; asked += 1) {
    due.at = performance.now() + every;
    yield sleep(every);
  }
}

function* report(due, blocks) {
  due.at += BEGINS;
  yield sleep(BEGINS);
  if (blocks) {
    const end = performance.now() + TAKES;
    while (performance.now() < end); // a long computation
    return;
  }
  due.at = performance.now() + TAKES;
  yield new Promise((resolve) => new Worker(SLEEP, { eval: true }).on("exit", resolve));
}

async function lane(steps, due) {
  const turns = [];
  for (let done = false; !done;) {
    const [wanted, begun] = [due.at, performance.now()];
    const step = steps.next();
    turns.push([wanted, begun, performance.now()]);
    done = step.done;
    await step.value;
  }
  return turns;
}

const start = performance.now();
const blocks = process.argv[2] === "blocks";
const lanes = {};
for (const [name, every] of Object.entries(VISITORS)) {
  const due = { at: start };
  lanes[name] = lane(visitor(due, every), due);
}
const due = { at: start };
lanes.report = lane(report(due, blocks), due);
const found = {};
for (const [name, turns] of Object.entries(lanes)) {
  found[name] = (await turns).map((turn) => turn.map((moment) => Math.round(moment - start)));
}
process.stdout.write(JSON.stringify(found));
