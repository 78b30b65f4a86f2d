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
    const port = await this.sandbox.start("javascript", await this.start());
    try {
      return await new Promise((resolve, reject) => {
        this.onstopped = () => reject(new Stopped());
        port.onmessage = ({ data }) => {
          if (data.type === "output") this.onoutput(data);
          if (data.type === "done") resolve(data.error);
        };
        port.postMessage({ type: "run", path, text: files[path] });
      });
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
