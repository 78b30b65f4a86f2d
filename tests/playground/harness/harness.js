// Starts programs, and keeps what they print until a test asks for it.
const name = new URLSearchParams(location.search).get("runtime");
const { Runtime, supported } = await import(`./assets/playground/${name}`);

const runs = [];
const phases = [];
const runtime = new Runtime({ base: new URL("./assets/playground/", location.href) });
runtime.onprogress = ({ phase }) => phases.at(-1) === phase || phases.push(phase);

// Playwright's own way to wait needs eval, which the page's policy forbids.
async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function start(program) {
  const run = { chunks: [], waited: false };
  const on = {
    output: ({ stream, text }) => run.chunks.push([stream, text]),
    waiting: () => (run.waited = true),
  };
  const end = ({ state, error = null }) => ({ state, error });
  const failed = (problem) => ({ state: "rejected", error: { type: problem.name, text: problem.message } });
  run.ended = runtime.run(program, on).then(end, failed);
  return runs.push(run) - 1;
}

async function outcome(number, milliseconds) {
  const { chunks, ended, ...rest } = runs[number];
  const late = new Promise((resolve) => setTimeout(resolve, milliseconds, { state: "hung", error: null }));
  return { ...(await Promise.race([ended, late])), chunks, ...rest };
}

const printed = (number) => runs[number].chunks.map(([, text]) => text).join("");
const printedBy = (number, text) => until(() => printed(number).includes(text));
const inPhase = (phase) => until(() => phases.includes(phase));

Object.assign(globalThis, { runtime, supported, phases, start, outcome, printed, printedBy, inPhase });
document.title = "ready";
