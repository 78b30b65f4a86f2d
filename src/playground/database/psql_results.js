/** Prints the server's messages as psql does, and keeps the settings for that. */

import { report } from "./psql_error.js";
import { draw } from "./psql_table.js";
import * as wire from "./wire.js";

/** @typedef {import("./wire.js").Message} Message */
/** @typedef {{name: string, right: boolean}} Column */
/** @typedef {{title?: string, footers?: string[], counted?: boolean}} Decoration */

/** int8, int2, int4, oid, xid, cid, xid8, float4, float8, money, numeric: their object ids. */
const NUMBERS = new Set([20, 21, 23, 26, 28, 29, 5069, 700, 701, 790, 1700]);

export class Results {
  quiet;
  /** The status of the session: I, T or E. */
  status = "I";
  expanded = false;
  expandOnce = false;
  timing = false;
  #null = "";

  /** @param {{quiet?: boolean}} [options] */
  constructor({ quiet = false } = {}) {
    this.quiet = quiet;
  }

  /**
   * @param {Message[]} messages  all that a query has brought
   * @param {string} sql
   * @param {Decoration} [decoration]  of lists, which psql makes itself
   * @returns {Generator<string>}
   */
  *print(messages, sql, decoration) {
    /** @type {Column[] | null} */
    let columns = null;
    /** @type {string[][]} */
    let rows = [];
    let later = "";
    for (const { type, body } of messages) {
      if (type === "N" || type === "E") yield report(wire.fields(body), sql);
      if (type === "T") columns = columnsOf(body);
      if (type === "D") rows.push(wire.values(body).map((value) => value ?? this.#null));
      if (type === "d") yield wire.text(body);
      if (type === "A") later += notification(body);
      if (type === "Z") this.status = String.fromCharCode(body[0] ?? 0);
      if (type !== "C") continue;
      if (columns) yield this.#draw(columns, rows, decoration);
      yield this.#tag(wire.cstring(body), columns !== null);
      [columns, rows] = [null, []];
    }
    this.expandOnce = false;
    yield later;
  }

  /**
   * @param {Message[]} messages
   * @returns {{rows: Record<string, string | null>[], error: Record<string, string> | null}}
   */
  read(messages) {
    const head = messages.find(({ type }) => type === "T");
    const failed = messages.find(({ type }) => type === "E");
    const names = head ? columnsOf(head.body).map(({ name }) => name) : [];
    const rows = messages
      .filter(({ type }) => type === "D")
      .map(({ body }) => Object.fromEntries(wire.values(body).map((value, i) => [names[i] ?? "", value])));
    return { rows, error: failed ? wire.fields(failed.body) : null };
  }

  /** @param {string} wanted  on, off or "" */
  expand(wanted) {
    this.expanded = wanted ? wanted === "on" : !this.expanded;
    return this.quiet ? "" : `Expanded display is ${this.expanded ? "on" : "off"}.\n`;
  }

  /** @param {string} wanted  on, off or "" */
  time(wanted) {
    this.timing = wanted ? wanted === "on" : !this.timing;
    return this.quiet ? "" : `Timing is ${this.timing ? "on" : "off"}.\n`;
  }

  /** @param {string} words  of \pset, of which null is known */
  set(words) {
    const [name = "", value = ""] = words.split(/\s+/);
    if (name === "expanded" || name === "x") return this.expand(value);
    if (name !== "null") return `\\pset: unknown option: ${name}\n`;
    this.#null = value.replace(/^'(.*)'$/, "$1");
    return this.quiet ? "" : `Null display is "${this.#null}".\n`;
  }

  /** @param {Column[]} columns @param {string[][]} rows @param {Decoration} [decoration] */
  #draw(columns, rows, decoration) {
    const { title, footers, counted } = decoration ?? { counted: true };
    const expanded = this.expandOnce || (this.expanded && !decoration);
    return draw({ columns, rows, title, footers: counted ? undefined : (footers ?? []) }, expanded);
  }

  /** @param {string} tag  such as INSERT 0 1 @param {boolean} table  whether rows were printed */
  #tag(tag, table) {
    if (this.quiet || /^COPY/.test(tag)) return "";
    return table && !/^(INSERT|UPDATE|DELETE|MERGE)/.test(tag) ? "" : `${tag}\n`;
  }
}

/** @param {Uint8Array} body  of RowDescription @returns {Column[]} */
function columnsOf(body) {
  const columns = [];
  let at = 2;
  for (let i = wire.int16(body, 0); i > 0; i--) {
    const name = wire.cstring(body, at);
    at = body.indexOf(0, at) + 1;
    columns.push({ name, right: NUMBERS.has(wire.int32(body, at + 6)) });
    at += 18;
  }
  return columns;
}

/** @param {Uint8Array} body */
function notification(body) {
  const [channel = "", payload = ""] = wire.text(body.subarray(4)).split("\0");
  const what = payload ? `"${channel}" with payload "${payload}"` : `"${channel}"`;
  return `Asynchronous notification ${what} received from server process with PID ${wire.int32(body, 0)}.\n`;
}
