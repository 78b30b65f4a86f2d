/** CPython, as the page sees it: started once, ended by Stop, started again when it is needed. */

import { Imports } from "./imports.js";
import { Unsupported } from "./supported.js";

/** @import { Asset, Files } from "./files.js" */
/** @import { Sandbox } from "./sandbox.js" */
/** @import { Chunk, Mistake, ProgramToRun } from "../page/types.js" */

/** @typedef {import("./imports.js").ImportAssets & {wasm: Asset, workers: Record<string, Asset>}} PythonAssets */

export class Python {
  /**
   * @param {Sandbox} sandbox
   * @param {Files} files
   * @param {PythonAssets} assets
   * @param {(name: string) => MessagePort} connect  gives a way to a service, and starts it if used
   */
  constructor(sandbox, files, assets, connect) {
    this.sandbox = sandbox;
    this.files = files;
    this.assets = assets;
    this.imports = new Imports(assets);
    this.connect = connect;
    /** @type {Promise<MessagePort> | undefined} */
    this.started = undefined;
    this.runs = 0;
    /** @type {MessagePort | undefined} where it is talked to */
    this.port = undefined;
    /** @type {symbol | undefined} the start that counts: `end` makes an earlier one void */
    this.latest = undefined;
    /** @type {Set<string>} packages that the worker has */
    this.present = new Set();
    this.memory = "plain"; // the name of the one that it began with
    /** @type {(chunk: Chunk) => void} */
    this.onoutput = () => {};
    /** @type {(name: string) => void} */
    this.onservice = () => {};
    /** @type {(phase: "python" | "packages") => void} */
    this.onphase = () => {};
  }

  /**
   * Fetch and start it; a second call for the same program changes nothing.
   *
   * @param {ProgramToRun} program
   */
  start(program) {
    const memory = this.imports.memory(program.needs);
    if (memory && memory !== this.memory) void this.end();
    if (!this.started) {
      this.memory = memory ?? "plain";
      const started = (this.started = this.boot(program));
      started.catch(() => {
        if (this.started === started) void this.end();
      });
    }
    return this.started;
  }

  /** @param {ProgramToRun} program  the first one */
  async boot({ needs, files: sources }) {
    const start = (this.latest = Symbol("start"));
    const kind = this.assets.memories[this.memory];
    for (const name of kind.packages) this.present.add(name);
    const packages = [...kind.archives, ...this.imports.archives(needs, this.present)];
    const [port, wasm, memory, files, archives] = await Promise.all([
      this.worker(),
      this.files.bytes(this.assets.wasm),
      this.files.bytes(kind.memory),
      this.files.bytes(kind.files),
      this.archives(packages),
    ]);
    if (this.latest !== start) throw new Stopped(); // while its files were on their way
    this.onphase("python");
    this.port = port;
    const services = { postgres: this.connect("postgres"), valkey: this.connect("valkey") };
    const booted = this.answer(port, "booted");
    const message = { type: "boot", wasm, memory, files, archives, services };
    port.postMessage(message, Object.values(services));
    await booted.catch((problem) => {
      throw problem instanceof Broken ? Unsupported.of("Python", problem.message) : problem;
    });
    for (const name of packages) this.present.add(name);
    port.postMessage({ type: "prepare", files: sources }); // while the servers start
    return port;
  }

  /** @returns {Promise<MessagePort>} to a worker that reads its script while the rest arrives */
  async worker() {
    void this.sandbox.ready();
    const program = await this.files.text(this.assets.workers.python);
    const failed = (/** @type {import("./sandbox.js").Failure} */ failure) => this.onfailed(failure);
    return this.sandbox.start("python", program, failed);
  }

  /** @param {string[]} names  of packages @returns {Promise<Record<string, Uint8Array>>} */
  async archives(names) {
    const fetched = names.map(async (name) => {
      const bytes = await this.files.bytes(this.assets.archives[name]);
      return /** @type {const} */ ([name, bytes]);
    });
    return Object.fromEntries(await Promise.all(fetched));
  }

  /**
   * @param {ProgramToRun} program
   * @returns {Promise<Mistake | null>} what went wrong
   */
  async run(program) {
    const port = await this.start(program);
    const number = (this.runs += 1); // an earlier program may still speak, if it lied about its end
    const done = this.answer(port, "done", number);
    const { path, files } = program;
    port.postMessage({ type: "run", number, program: { path, files } });
    try {
      const { error, spoiled } = await done;
      if (spoiled) void this.renew(program);
      return error;
    } catch (problem) {
      if (!(problem instanceof Broken)) throw problem;
      await this.end();
      return problem.told();
    }
  }

  /** Start another in its place, while the reader reads. @param {ProgramToRun} program  as for `start` */
  async renew(program) {
    await this.end();
    await this.start(program).catch(() => {}); // the next run starts it, and says why it cannot
  }

  /** End it, whatever it does; the next run starts another. */
  async end() {
    if (!this.started) return;
    this.started = this.latest = undefined;
    this.port?.close(); // what it has printed and nobody has seen is not the next program's
    this.present.clear();
    await this.sandbox.end("python");
  }

  async stop() {
    await this.end();
    this.onstopped();
  }

  onstopped = () => {};

  /** @type {(failure: import("./sandbox.js").Failure) => void} */
  onfailed = () => {};

  /**
   * @param {MessagePort} port
   * @param {"booted" | "done"} wanted  the message to wait for
   * @param {number} [number]  of the run that it is about
   * @returns {Promise<any>}
   */
  answer(port, wanted, number) {
    return new Promise((resolve, reject) => {
      this.onstopped = () => reject(new Stopped());
      this.onfailed = ({ message }) => reject(new Broken(message));
      this.onmissed = reject;
      port.onmessage = async ({ data }) => {
        if (data.type === wanted && data.number === number) resolve(data);
        if (data.type === "failed") reject(new Broken(data.message));
        if (data.type === "output" && data.number === number) this.onoutput(data);
        if (data.type === "service") this.onservice(data.name);
        if (data.type === "imported") await this.provide(port, data.wanted);
      };
    });
  }

  /** @param {MessagePort} port @param {string[]} names  what the program imports */
  async provide(port, names) {
    const packages = this.imports.archives(names, this.present);
    if (packages.length) this.onphase("packages");
    try {
      port.postMessage({ type: "archives", archives: await this.archives(packages) });
      for (const name of packages) this.present.add(name);
    } catch (problem) {
      void this.end(); // it would wait for them for ever
      this.onmissed(problem);
    }
  }

  /** @type {(problem: unknown) => void} */
  onmissed = () => {};
}

export class Stopped extends Error {}

/** Python itself has ended: it ran out of stack or memory, or the program ended it. */
class Broken extends Error {
  /** @returns {Mistake} what the reader is told */
  told() {
    const text = `Python ended in the middle of the program (${this.message}). The next run starts it again.`;
    return { type: "PythonEnded", message: text, trace: [], text };
  }
}
