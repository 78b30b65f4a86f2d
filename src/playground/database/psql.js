/** psql for the playground: runs scripts and what is typed, and prints what psql prints. */

import { listing } from "./psql_catalog.js";
import { describe } from "./psql_describe.js";
import { report } from "./psql_error.js";
import { HELP } from "./psql_help.js";
import { Results } from "./psql_results.js";
import { SplitScript } from "./psql_split.js";

/** @typedef {import("./wire.js").Message} Message */
/** @typedef {(sql: string) => Promise<Message[]>} Query  runs a simple query, such as PostgresClient's */

const CONNECTION = 'You are connected to database "postgres" as user "postgres" in this tab.\n';

export class Psql {
  #results = new Results();
  #typed = new SplitScript();
  #query;

  /** @param {Query} query */
  constructor(query) {
    this.#query = query;
  }

  /**
   * Prints what `psql --no-psqlrc --quiet --pset=pager=off` prints for a script on its stdin, with
   * stderr among it.
   * @param {string} text
   * @returns {AsyncGenerator<string>}
   */
  async *script(text) {
    this.#results = new Results({ quiet: true });
    for await (const part of this.#run(new SplitScript().push(text, true))) if (part) yield part;
  }

  /**
   * Takes a line, or several, from a prompt. A statement may be finished by a later call.
   * @param {string} text
   * @returns {Promise<string>}
   */
  async console(text) {
    this.#results.quiet = false;
    let printed = "";
    for await (const part of this.#run(this.#typed.push(`${text}\n`))) printed += part;
    return printed;
  }

  /** What stands before the next line that is typed: postgres=# or postgres-# */
  get prompt() {
    const mark = { T: "*", E: "!" }[this.#results.status] ?? "";
    return `postgres${this.#typed.mark}${mark}# `;
  }

  /** Gives up the statement that has begun, as Control-C does. */
  cancel() {
    this.#typed = new SplitScript();
  }

  /** @param {Iterable<import("./psql_split.js").Item>} items @returns {AsyncGenerator<string>} */
  async *#run(items) {
    for (const item of items) {
      if ("sql" in item) yield* this.#statement(item.sql);
      else {
        if (item.command === "q" || item.command === "quit") return;
        yield* this.#command(item.command, item.rest);
      }
    }
  }

  /** @param {string} sql @returns {AsyncGenerator<string>} */
  async *#statement(sql) {
    if (/^;*$/.test(sql)) return;
    const started = performance.now();
    yield* this.#results.print(await this.#query(sql), sql);
    if (this.#results.timing) yield `Time: ${(performance.now() - started).toFixed(3)} ms\n`;
  }

  /** @param {string} command @param {string} rest @returns {AsyncGenerator<string>} */
  async *#command(command, rest) {
    const pattern = rest.replace(/;$/, "").trim();
    const list = listing(command, pattern);
    if (command === "echo") yield `${unquoted(rest)}\n`;
    else if (command === "?") yield HELP;
    else if (command === "x") yield this.#results.expand(rest);
    else if (command === "gx") this.#results.expandOnce = true;
    else if (command === "timing") yield this.#results.time(rest);
    else if (command === "pset") yield this.#results.set(rest);
    else if (list) yield* this.#list(list);
    else if (/^d[+S]*$/.test(command)) yield* this.#describe(pattern);
    else if (command === "conninfo") yield CONNECTION;
    else yield `invalid command \\${command}\n${this.#results.quiet ? "" : "Try \\? for help.\n"}`;
  }

  /** @param {import("./psql_catalog.js").Listing} list @returns {AsyncGenerator<string>} */
  async *#list({ sql, title, none }) {
    const messages = await this.#query(sql);
    const empty = !messages.some(({ type }) => type === "D" || type === "E");
    if (empty && none && !this.#results.quiet) yield `Did not find any ${none}.\n`;
    else yield* this.#results.print(messages, sql, { title, counted: title !== "List of roles" });
  }

  /** @param {string} pattern @returns {AsyncGenerator<string>} */
  async *#describe(pattern) {
    /** @type {string[]} */
    const failures = [];
    const ask = async (/** @type {string} */ sql) => {
      const { rows, error } = this.#results.read(await this.#query(sql));
      if (error) failures.push(report(error, sql));
      return rows;
    };
    const found = await describe(pattern, ask);
    if (failures[0]) yield failures[0];
    else if (found.length === 0 && !this.#results.quiet) {
      yield `Did not find any relation named "${pattern}".\n`;
    }
    for (const { title, sql, footers } of found) {
      yield* this.#results.print(await this.#query(sql), sql, { title, footers });
    }
  }
}

/** @param {string} words  in which 'it''s' stands for it's */
function unquoted(words) {
  return words.replace(/'((?:[^']|'')*)'/g, (_, inner) => inner.replaceAll("''", "'"));
}
