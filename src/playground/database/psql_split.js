/** Cuts what is typed into statements and backslash commands, by psql's rules. */

import { copiesFromClient, token } from "./sql_text.js";

/** @typedef {{sql: string} | {command: string, rest: string}} Item */

/**
 * Give it text, as much as there is; it keeps what is unfinished.
 */
export class SplitScript {
  #text = "";
  #buffer = "";
  #depth = 0; // of parentheses, in which a semicolon does not end a statement
  /** @type {string[]} words since the statement began: CREATE FUNCTION … BEGIN ATOMIC holds semicolons */
  #words = [];
  #blocks = 0;

  #open = ""; // the sign that closes the string or comment in which the text ends

  /** What psql's prompt says is missing: = nothing, - a semicolon, ' a quote, ( a parenthesis. */
  get mark() {
    if (this.#open) return this.#open[0] ?? "";
    if (this.#buffer === "") return "=";
    return this.#depth > 0 ? "(" : "-";
  }

  clear() {
    this.#buffer = "";
    this.#depth = this.#blocks = 0;
    this.#words = [];
  }

  /**
   * @param {string} text  whole lines
   * @param {boolean} [all]  whether nothing follows: what is unfinished is then run too
   * @returns {Generator<Item>}
   */
  *push(text, all = false) {
    this.#text += text;
    for (let at = 0; at < this.#text.length; ) {
      const next = token(this.#text, at);
      this.#open = all ? "" : next.open;
      if (this.#open) {
        this.#text = this.#text.slice(at);
        return;
      }
      at = next.end;
      const sign = this.#text.slice(next.start, next.end);
      if (sign === "\\") at = yield* this.#command(at);
      else if (this.#add(next.kind, sign)) at = yield* this.#statement(at);
    }
    this.#text = "";
    if (all && this.#buffer) yield { sql: this.#take() };
  }

  /** @param {string} kind @param {string} sign @returns {boolean} whether the statement ends here */
  #add(kind, sign) {
    const lineComment = kind === "comment" && sign.startsWith("--");
    if (this.#buffer === "" && (kind === "blank" || lineComment)) return false;
    this.#buffer += sign;
    if (sign === "(") this.#depth++;
    if (sign === ")") this.#depth = Math.max(0, this.#depth - 1);
    if (kind === "word") this.#block(sign.toLowerCase());
    return sign === ";" && this.#depth === 0 && this.#blocks === 0;
  }

  /** @param {string} word */
  #block(word) {
    this.#words.push(word);
    const [first, second, third, fourth] = this.#words;
    const kind = second === "or" && third === "replace" ? fourth : second;
    if (first !== "create" || !/^(function|procedure)$/.test(kind ?? "")) return;
    if (word === "begin" || (word === "case" && this.#blocks > 0)) this.#blocks++;
    if (word === "end" && this.#blocks > 0) this.#blocks--;
  }

  #take() {
    const sql = this.#buffer.trimEnd();
    this.clear();
    return sql;
  }

  /** @param {number} at @returns {Generator<Item, number>} */
  *#statement(at) {
    const sql = this.#take();
    yield { sql };
    if (!copiesFromClient(sql)) return at;
    const end = /\n\\\.[^\n]*(\n|$)/g; // the lines of COPY are data, up to \.
    end.lastIndex = at;
    return end.exec(this.#text) ? end.lastIndex : this.#text.length;
  }

  /** @param {number} at  behind the backslash @returns {Generator<Item, number>} */
  *#command(at) {
    const line = /^(\S*?)(?=\s|\\|$)([^\n\\]*)(\\\\)?/.exec(this.#text.slice(at));
    const [whole = "", command = "", rest = ""] = line ?? [];
    const runs = /^(g|gx|gdesc)$/.test(command) && this.#buffer !== "";
    if (runs && command === "gx") yield { command: "gx", rest: "" };
    if (runs) yield { sql: this.#take() };
    else if (command === "r" || command === "reset") this.clear();
    else if (command !== "g" && command !== "gx") yield { command, rest: rest.trim() };
    return at + whole.length;
  }
}
