/** The one PostgreSQL backend as the server sees it: whole messages, and questions of our own. */

import { Splitter } from "./splitter.js";
import * as wire from "./wire.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./wire.js").Message} Message */
/** @typedef {(string | null)[]} Row */
/** @typedef {{rows: Row[], error: Record<string, string> | null, parameters: Map<string, string>}} Answer */

export class Backend {
  /** What every session is told at its start: server_version and so on. @type {Map<string, string>} */
  parameters = new Map();
  /** Libraries that are loaded, or were when `reset` had to give up. @type {string[]} */
  libraries;
  #engine;

  /**
   * @param {Engine} engine  just started
   * @param {string[]} libraries  to load at once
   */
  constructor(engine, libraries) {
    this.#engine = engine;
    const greeting = engine.startup(wire.startup({ user: "postgres", database: "postgres" }));
    for (const { type, body } of new Splitter().push(greeting)) {
      if (type === "S") noteParameter(this.parameters, body);
    }
    for (const library of libraries) this.ask(`LOAD '${library}'`);
    this.libraries = this.#loaded();
    engine.remember();
  }

  /**
   * Everything as after the start.
   *
   * JavaScript keeps a library that was loaded, but the backend's memory is set back to a time
   * before it: with a library loaded since, only a new engine will do.
   * @returns {boolean}  false if a new engine is needed
   */
  reset() {
    this.ask("ROLLBACK");
    const loaded = this.#loaded();
    if (loaded.some((library) => !this.libraries.includes(library))) {
      this.libraries = loaded;
      return false;
    }
    this.#engine.reset();
    return true;
  }

  #loaded() {
    const { rows } = this.ask("SELECT file_name FROM pg_get_loaded_modules()");
    return rows.map(([file]) => (file ?? "").replace(/^.*\/|\.so$/g, ""));
  }

  /** @param {import("./archive.js").Archive} archive */
  addFiles(archive) {
    this.#engine.addFiles(archive);
  }

  /**
   * @param {Uint8Array} messages
   * @param {(message: Message) => void} onmessage
   */
  run(messages, onmessage) {
    const splitter = new Splitter();
    this.#engine.run(messages, (bytes) => {
      for (const message of splitter.push(bytes)) onmessage(message);
    });
  }

  /** Runs SQL that no session asked for. @param {string} sql @returns {Answer} */
  ask(sql) {
    /** @type {Answer} */
    const answer = { rows: [], error: null, parameters: new Map() };
    this.run(wire.query(sql), ({ type, body }) => {
      if (type === "D") answer.rows.push(wire.values(body));
      if (type === "E") answer.error ??= wire.fields(body);
      if (type === "S") noteParameter(answer.parameters, body);
    });
    return answer;
  }
}

/** @param {Map<string, string>} parameters @param {Uint8Array} body */
function noteParameter(parameters, body) {
  parameters.set(wire.cstring(body), wire.cstring(body, body.indexOf(0) + 1));
}
