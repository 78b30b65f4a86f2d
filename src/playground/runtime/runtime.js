/**
 * Everything that runs programs on a page: Python and JavaScript in a sandboxed frame, PostgreSQL
 * and Valkey beside it. It is handed programs and knows nothing of the book.
 */

import { ValkeyConsole } from "../database/valkey_cli.js";
import { Files } from "./files.js";
import { JavaScript } from "./javascript.js";
import { Python, Stopped } from "./python.js";
import { Sandbox } from "./sandbox.js";
import { NAMES, Services } from "./services.js";
import { Sql } from "./sql.js";

/** @import { ListeningTo, Outcome, ProgramToRun, Progress } from "../page/types.js" */
/** @import { Name } from "./services.js" */

export { supported } from "./supported.js";

export class Runtime {
  /** @param {{base: URL}} options  the folder of the assets */
  constructor({ base }) {
    const assets = ASSETS;
    this.files = new Files(base);
    this.services = new Services(this.files, assets);
    const sandbox = new Sandbox(() => this.files.text(assets.frame));
    this.python = new Python(sandbox, this.files, assets, (name) =>
      this.services.all[/** @type {Name} */ (name)].connect("python"),
    );
    this.javascript = new JavaScript(sandbox, this.files, assets);
    this.sql = new Sql((name) => this.services.all.postgres.connect(name));
    /** @type {ValkeyConsole | undefined} */
    this.valkeyConsole = undefined;
    /** @type {(progress: Progress) => void} */
    this.onprogress = () => {};
    /** @type {Promise<unknown>} the run before, which the next one waits for */
    this.before = Promise.resolve();
    /** @type {{stop: () => unknown} | undefined} */
    this.current = undefined;
    this.waiting = 0;
    this.files.onprogress = (loaded, total) => this.tell({ phase: "download", loaded, total });
    this.python.onphase = (phase) => this.tell({ phase });
    this.services.all.postgres.onend = () => this.disconnected();
    this.services.all.valkey.onend = () => this.disconnected();
    this.python.onservice = (name) => this.use(NAMES.filter((one) => one === name));
  }

  /** A server was replaced: whoever was connected connects anew. */
  disconnected() {
    void this.python.end();
    this.sql.prompt = this.valkeyConsole = undefined;
  }

  /** @param {Progress} progress */
  tell(progress) {
    this.onprogress(progress);
  }

  /**
   * Fetch and start what a program needs, without running it.
   *
   * @param {ProgramToRun} program
   */
  async prepare(program) {
    const needed = this.services.needed(program.needs);
    const runner = Promise.resolve(this.runner(program).start(program));
    // All at once: when one fails, another may never start.
    await Promise.all([runner.then(() => this.tellStarting(needed)), this.start(needed)]);
    this.tell({ phase: "ready" });
  }

  /** @param {Name[]} names  of services */
  tellStarting(names) {
    for (const name of names.filter((one) => !this.services.all[one].answers)) {
      this.tell({ phase: name === "postgres" ? "postgresql" : name });
    }
  }

  /** @param {Name[]} names  of services */
  async start(names) {
    this.tellStarting(names);
    await Promise.all(names.map((name) => this.services.all[name].start()));
  }

  /** Start them for somebody who does not empty them first. @param {Name[]} names  of services */
  async use(names) {
    await this.start(names);
    for (const name of names) this.services.all[name].untouched = false;
  }

  /** @param {ProgramToRun} program */
  runner(program) {
    if (program.language === "sql") return this.sql;
    return program.language === "javascript" ? this.javascript : this.python;
  }

  /**
   * @param {ProgramToRun} program
   * @param {ListeningTo} on
   * @returns {Promise<Outcome>}
   */
  async run(program, on) {
    if (this.waiting++) on.waiting?.();
    const mine = this.before.then(() => this.runNow(program, on));
    this.before = mine.catch(() => {}).finally(() => this.waiting--);
    return mine;
  }

  /** @param {ProgramToRun} program @param {ListeningTo} on @returns {Promise<Outcome>} */
  async runNow(program, on) {
    const runner = this.runner(program);
    /** @type {Promise<never>} */
    const stopped = new Promise((_, reject) => (this.onstopped = () => reject(new Stopped())));
    const unlessStopped = (/** @type {Promise<any>} */ step) => Promise.race([stopped, step]);
    this.current = runner;
    try {
      await unlessStopped(this.prepare(program));
      const needed = this.services.needed(program.needs);
      if (!program.keep) await unlessStopped(this.services.reset(needed));
      const lost = program.keep ? await unlessStopped(this.services.wake(needed)) : "";
      if (lost) on.output({ stream: "stderr", text: lost });
      runner.onoutput = on.output;
      const error = await unlessStopped(runner.run(program));
      return error ? { state: "error", error } : { state: "done" };
    } catch (problem) {
      if (problem instanceof Stopped) return { state: "stopped" };
      throw problem;
    } finally {
      this.current = undefined;
    }
  }

  onstopped = () => {};

  /** End the program that runs or is about to; tables and keys stay. */
  async stop() {
    const ended = this.current?.stop();
    this.onstopped();
    await ended;
  }

  cancel() {
    return this.stop();
  }

  /** Empty PostgreSQL and Valkey. */
  reset() {
    return this.services.reset();
  }

  /** @param {string} text  @returns {Promise<string>} what psql prints for it */
  async psql(text) {
    await this.use(["postgres"]);
    const lost = this.current ? "" : await this.services.wake(["postgres"]);
    return lost + (await this.sql.console(text));
  }

  /** @param {string} line  @returns {Promise<string>} what valkey-cli prints for it */
  async valkey(line) {
    await this.use(["valkey"]);
    this.valkeyConsole ??= new ValkeyConsole(this.services.all.valkey.connect("console"));
    return this.valkeyConsole.run(line);
  }

  /** @returns {string[]} the addresses of all that was fetched, to be kept for reading offline */
  assets() {
    return [...this.files.used].map((name) => new URL(name, this.files.base).href);
  }
}
