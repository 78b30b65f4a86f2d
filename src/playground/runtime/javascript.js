/** JavaScript listings, each in a worker of its own inside the sandboxed frame. */

import { Stopped } from "./python.js";

/** @import { Asset, Files } from "./files.js" */
/** @import { Sandbox } from "./sandbox.js" */
/** @import { Chunk, Mistake, ProgramToRun } from "../page/types.js" */

export class JavaScript {
  /** @param {Sandbox} sandbox @param {Files} files @param {{workers: Record<string, Asset>}} assets */
  constructor(sandbox, files, assets) {
    this.sandbox = sandbox;
    this.files = files;
    this.program = assets.workers.javascript;
    /** @type {(chunk: Chunk) => void} */
    this.onoutput = () => {};
  }

  start() {
    return this.files.text(this.program);
  }

  /** @param {ProgramToRun} program @returns {Promise<Mistake | null>} what went wrong */
  async run({ path, files }) {
    // In a frame with an opaque origin no module can be imported; a function can await as well.
    const before = `${await this.start()}\nself.main = async () => { "use strict";\n`;
    const skipped = before.split("\n").length - 1;
    /** @type {(mistake: Mistake | null) => void} */
    let ended = () => {};
    /** @type {Promise<Mistake | null>} */
    const end = new Promise((resolve, reject) => {
      ended = resolve;
      this.onstopped = () => reject(new Stopped());
    });
    /** @param {{text: string, lines: number[]}} error */
    const told = ({ text, lines }) =>
      mistake(path, text, (lines.find((line) => line > skipped) ?? 0) - skipped);
    /** @param {import("./sandbox.js").Failure} failure */
    const failed = ({ message, line }) =>
      ended(mistake(path, message.replace(/^Uncaught /, ""), line - skipped));
    const program = `${before}${files[path]}\n}`;
    const port = await this.sandbox.start("javascript", program, failed);
    port.onmessage = ({ data }) => {
      if (data.type === "output") this.onoutput(data);
      if (data.type === "done") ended(data.text ? told(data) : null);
    };
    port.postMessage({ type: "run" });
    try {
      return await end;
    } finally {
      port.close(); // what it has printed and nobody has seen is not the next program's
      await this.sandbox.end("javascript");
    }
  }

  onstopped = () => {};

  stop() {
    this.onstopped();
  }
}

/**
 * @param {string} path
 * @param {string} text  the error's name and what it says
 * @param {number} line  of the listing, from 1; less if it is not known
 * @returns {Mistake}
 */
function mistake(path, text, line) {
  const [, type = "Error", message = text] = /^(\w+): ([^]*)$/.exec(text) ?? [];
  return { type, message, trace: line > 0 ? [{ path, line }] : [], text };
}
