/** SQL listings and the SQL console: psql in the page, speaking to PostgreSQL in its worker. */

import { PostgresClient } from "../database/client.js";
import { Psql } from "../database/psql.js";
import { Stopped } from "./python.js";

/** @import { Chunk, Mistake, ProgramToRun } from "../page/types.js" */
/** @typedef {(client: string) => MessagePort} Connect */

export class Sql {
  /** @param {Connect} connect  gives a way to PostgreSQL, by the client's name */
  constructor(connect) {
    this.connect = connect;
    /** @type {Psql | undefined} */
    this.prompt = undefined;
    /** @type {(chunk: Chunk) => void} */
    this.onoutput = () => {};
  }

  /** @param {ProgramToRun} _  it needs PostgreSQL, which has been started */
  start(_) {}

  /** @param {ProgramToRun} program @returns {Promise<Mistake | null>} null: psql goes on after errors */
  async run({ path, files }) {
    const client = new PostgresClient(this.connect("script"));
    const psql = new Psql((sql) => client.query(sql));
    /** @type {Promise<never>} */
    const stopped = new Promise((_, reject) => (this.onstopped = () => reject(new Stopped())));
    stopped.catch(() => {});
    const printed = psql.script(files[path] ?? "");
    try {
      for (;;) {
        const { done, value } = await Promise.race([printed.next(), stopped]);
        if (done) return null;
        this.onoutput({ stream: "stdout", text: value });
      }
    } finally {
      client.close();
    }
  }

  onstopped = () => {};

  stop() {
    this.onstopped();
  }

  /** @param {string} text  what was typed @returns {Promise<string>} what psql prints */
  console(text) {
    if (!this.prompt) {
      const client = new PostgresClient(this.connect("console"));
      this.prompt = new Psql((sql) => client.query(sql));
    }
    return this.prompt.console(text);
  }
}
