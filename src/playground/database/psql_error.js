/** Errors and notices as psql prints them (libpq, fe-protocol3.c: pqBuildErrorMessage3). */

import { characterWidth } from "./psql_width.js";

const SHOWN = 60; // columns of the line with the mistake
const RIGHT = 10; // of which so many stay to the right of it

/**
 * @param {Record<string, string>} fields  by their letters in the protocol
 * @param {string} sql  the statement
 * @returns {string} lines, each with a newline
 */
export function report(fields, sql) {
  const parts = [`${fields.S}:  ${fields.M}\n`];
  if (fields.P) parts.push(pointer(sql, Number(fields.P)));
  else if (fields.p && fields.q) parts.push(pointer(fields.q, Number(fields.p)));
  if (fields.D) parts.push(`DETAIL:  ${fields.D}\n`);
  if (fields.H) parts.push(`HINT:  ${fields.H}\n`);
  if (fields.q) parts.push(`QUERY:  ${fields.q}\n`);
  const failed = /^(ERROR|FATAL|PANIC)$/.test(fields.V ?? fields.S ?? "");
  if (fields.W && failed) parts.push(`CONTEXT:  ${fields.W}\n`);
  return parts.join("");
}

/**
 * The line with the mistake, and a caret below it.
 * @param {string} sql
 * @param {number} position  counted in characters from 1
 */
function pointer(sql, position) {
  const characters = [...sql.replaceAll("\t", " ")];
  const at = position - 1;
  if (at < 0 || at > characters.length) return "";
  const before = characters.slice(0, at);
  const number = before.filter((c, i) => c === "\n" || (c === "\r" && before[i + 1] !== "\n")).length + 1;
  const first = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  let last = characters.findIndex((c, i) => i >= at && /[\r\n]/.test(c));
  if (last < 0) last = characters.length;
  const [start, end] = cut(characters, at, first, last);
  const head = `LINE ${number}: ${start > first ? "..." : ""}`;
  const line = characters.slice(start, end).join("") + (end < last ? "..." : "");
  return `${head}${line}\n${" ".repeat(head.length + columns(characters, start, at))}^\n`;
}

/**
 * Shortens a long line around the mistake.
 * @param {string[]} characters
 * @param {number} at
 * @param {number} first
 * @param {number} last
 * @returns {[number, number]}
 */
function cut(characters, at, first, last) {
  let [start, end] = [first, last];
  const size = () => columns(characters, start, end);
  if (size() <= SHOWN) return [start, end];
  if (SHOWN >= columns(characters, start, at) + RIGHT) {
    while (size() > SHOWN) end--;
    return [start, end];
  }
  while (columns(characters, at, end) > RIGHT) end--;
  while (size() > SHOWN) start++;
  return [start, end];
}

/** @param {string[]} characters @param {number} from @param {number} to */
function columns(characters, from, to) {
  let sum = 0;
  for (let i = from; i < to; i++) sum += Math.max(1, characterWidth(characters[i] ?? ""));
  return sum;
}
