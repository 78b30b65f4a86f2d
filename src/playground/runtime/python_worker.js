// CPython in a worker of the sandboxed frame. It gets its files and its programs through a port.
import { unpacked } from "../database/zstd.js";
import { Printer } from "./printer.js";
import { soon } from "./soon.js";
import { start } from "./start.js";

const ARCHIVES = "/archives/";
/** @type {import("./types.js").PythonApi} */
let python;
/** @type {any} */
let pyodide;
/** @type {MessagePort} */
let page;
/** @type {WebAssembly.Module | undefined} what a worker before this one has compiled */
let compiled;
/** @type {{name: string, connection: number, data: Uint8Array | null}[]} */
const inbox = [];
let wake = () => {};
/** @typedef {{port: MessagePort, heard: number, asked: boolean}} Service  `asked`: since it was last heard */
/** @type {Map<string, Service>} */
const services = new Map();
let printer = new Printer(() => {});

const bridge = {
  arrived: () => inbox.splice(0),
  /** @param {number} milliseconds  negative for no limit @param {() => void} done */
  wait(milliseconds, done) {
    void arrival(milliseconds).then(done);
  },
  /** @param {string} name @param {object} message */
  post: (name, message) => {
    page.postMessage({ type: "service", name });
    const service = services.get(name);
    if (!service) return;
    service.asked = true;
    service.port.postMessage(message);
  },
  /** @param {"stdout" | "stderr"} stream @param {string} text */
  print: (stream, text) => printer.print(stream, text),
};

/** @param {number} milliseconds @returns {Promise<void>} until something arrives or time is up */
function arrival(milliseconds) {
  printer.flush();
  return new Promise((resolve) => {
    if (inbox.length) return resolve();
    wake = resolve;
    if (milliseconds < 0) tellIdle();
    if (milliseconds === 0) soon(resolve);
    else if (milliseconds > 0) setTimeout(resolve, milliseconds);
  });
}

/** Tell each service that only it can make the program go on. */
function tellIdle() {
  for (const service of services.values()) {
    const others = [...services.values()].filter((one) => one !== service);
    if (!others.some(({ asked }) => asked)) service.port.postMessage({ idle: service.heard });
  }
}

/** @param {import("./start.js").Packed & {archives: Record<string, Uint8Array>}} files */
async function boot({ archives, ...packed }) {
  pyodide = await start(packed, compiled, (/** @type {"stdout" | "stderr"} */ stream, line) => {
    printer.print(stream, `${line}\n`); // os.write and sys.__stdout__
  });
  pyodide.FS.mkdirTree(ARCHIVES);
  python = pyodide.pyimport("tab.start").Python(bridge);
  await addArchives(archives);
}

/** @param {Record<string, Uint8Array>} archives */
async function addArchives(archives) {
  if (!Object.keys(archives).length) return;
  for (const [name, data] of Object.entries(archives)) {
    pyodide.FS.writeFile(`${ARCHIVES}${name}.zip`, await unpacked(data));
  }
  python.add_archives(JSON.stringify(Object.keys(archives)));
}

/**
 * Call Python so that it can be put aside while it waits, in a browser that can do that (JSPI).
 *
 * @param {any} callable @param {unknown[]} values
 */
function enter(callable, ...values) {
  return "Suspending" in WebAssembly ? callable.callPromising(...values) : callable(...values);
}

/** @param {string} texts  a program's files, as JSON */
async function importAll(texts) {
  const wanted = JSON.parse(python.imported(texts));
  await addArchives(await ask({ type: "imported", wanted }));
  python.prepare(texts);
}

/** @param {{path: string, files: Record<string, string>}} program */
async function run({ path, files }) {
  const texts = JSON.stringify(files);
  await importAll(texts);
  await enter(python.begin, path, texts);
  for (;;) {
    const { wait, error } = JSON.parse(await enter(python.step));
    if (wait === undefined) return error;
    await arrival(wait === null ? -1 : wait * 1000);
  }
}

/** @type {(answer: any) => void} */
let answered = () => {};
/** @param {object} question @returns {Promise<any>} */
function ask(question) {
  page.postMessage(question);
  return new Promise((resolve) => (answered = resolve));
}

/** @type {Promise<void>} the end of what was asked for before */
let finished = Promise.resolve();

/** @param {{path: string, files: Record<string, string>}} program @param {number} number  of the run */
async function toItsEnd(program, number) {
  printer = new Printer((stream, text) => page.postMessage({ type: "output", number, stream, text }));
  const error = await run(program);
  printer.flush();
  page.postMessage({ type: "done", number, error, spoiled: python.spoiled() });
}

/** @param {() => Promise<void>} task @returns {Promise<void>} its end, after that of the one before */
function inTurn(task) {
  return (finished = finished.then(task));
}

/** @type {Record<string, (message: any) => void | Promise<void>>} */
const handlers = {
  async boot(message) {
    for (const [name, port] of Object.entries(message.services)) {
      const service = { port, heard: 0, asked: false };
      services.set(name, service);
      port.onmessage = (/** @type {MessageEvent} */ { data }) => {
        service.heard += 1;
        service.asked = false;
        inbox.push({ name, ...data });
        wake();
      };
    }
    await boot(message);
    page.postMessage({ type: "booted" });
  },
  archives: ({ archives }) => answered(archives),
  prepare: ({ files }) => inTurn(() => importAll(JSON.stringify(files))),
  // One before it may still run: a program can pretend to have ended.
  run: ({ program, number }) => inTurn(() => toItsEnd(program, number)),
};

self.onmessage = ({ data, ports }) => {
  compiled = data;
  page = ports[0];
  page.onmessage = async ({ data }) => {
    try {
      await handlers[data.type]?.(data);
    } catch (problem) {
      printer.flush();
      page.postMessage({ type: "failed", message: String(problem) });
    }
  };
};
