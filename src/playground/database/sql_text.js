/** Where strings, names and comments end in SQL: the rules of psql's scanner (psqlscan.l). */

/**
 * @typedef {"blank" | "comment" | "string" | "name" | "word" | "other"} Kind
 * @typedef {{kind: Kind, start: number, end: number, open: string}} Token
 *   open: "" or, if the text ends inside the token, the sign that is missing, such as ' or $$
 */

const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const BLANK = /\s+/y;
const NUMBER = /\d[\w.]*/y; // 1a is no name, and $1 no dollar quote

/**
 * @param {string} sql
 * @param {number} at  where a token begins
 * @returns {Token}
 */
export function token(sql, at) {
  const two = sql.slice(at, at + 2);
  if (two === "--") return upTo(sql, at, "comment", sql.indexOf("\n", at));
  if (two === "/*") return blockComment(sql, at);
  if (/^[eE]'$/.test(two)) return quoted(sql, at, at + 2, "'", true);
  if (/^[bBxXnN]'$/.test(two)) return quoted(sql, at, at + 2, "'", false);
  if (/^[uU]&['"]/.test(sql.slice(at, at + 3))) return quoted(sql, at, at + 3, sql[at + 2] ?? "", false);
  if (sql[at] === "'" || sql[at] === '"') return quoted(sql, at, at + 1, sql[at] ?? "", false);
  const dollar = match(DOLLAR, sql, at);
  if (dollar) {
    const close = sql.indexOf(dollar, at + dollar.length);
    if (close < 0) return { kind: "string", start: at, end: sql.length, open: dollar };
    return { kind: "string", start: at, end: close + dollar.length, open: "" };
  }
  return plain(sql, at);
}

/**
 * @param {string} sql
 * @returns {Generator<Token>}
 */
export function* tokens(sql) {
  for (let at = 0; at < sql.length; ) {
    const next = token(sql, at);
    yield next;
    at = next.end;
  }
}

/**
 * The statements of a text as lists of their words and signs in lower case: enough to tell kinds
 * of statements apart. Strings stand as ''.
 * @param {string} sql
 * @returns {string[][]}
 */
export function outline(sql) {
  /** @type {string[][]} */
  const statements = [[]];
  for (const { kind, start, end } of tokens(sql)) {
    if (kind === "blank" || kind === "comment") continue;
    const sign = kind === "string" ? "''" : sql.slice(start, end);
    if (sign === ";") statements.push([]);
    else statements.at(-1)?.push(kind === "name" ? sign : sign.toLowerCase());
  }
  return statements.filter((words) => words.length > 0);
}

/** Whether a text holds COPY … FROM STDIN. @param {string} sql */
export function copiesFromClient(sql) {
  if (!/copy[^]*stdin/i.test(sql)) return false;
  return outline(sql).some((words) => {
    const from = words.indexOf("from");
    return words[0] === "copy" && from > 0 && words[from + 1] === "stdin";
  });
}

/** @param {string} sql @param {number} at @returns {Token} */
function plain(sql, at) {
  const blank = match(BLANK, sql, at);
  if (blank) return { kind: "blank", start: at, end: at + blank.length, open: "" };
  const word = match(WORD, sql, at) || match(NUMBER, sql, at);
  if (word) return { kind: "word", start: at, end: at + word.length, open: "" };
  return { kind: "other", start: at, end: at + 1, open: "" };
}

/** @param {RegExp} pattern @param {string} sql @param {number} at */
function match(pattern, sql, at) {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? "";
}

/** @param {string} sql @param {number} start @param {Kind} kind @param {number} end */
function upTo(sql, start, kind, end) {
  return { kind, start, end: end < 0 ? sql.length : end, open: "" };
}

/** Comments in comments are counted. @param {string} sql @param {number} start @returns {Token} */
function blockComment(sql, start) {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return { kind: "comment", start, end: marks.lastIndex, open: "" };
  }
  return { kind: "comment", start, end: sql.length, open: "*" };
}

/**
 * @param {string} sql
 * @param {number} start
 * @param {number} at  the first character inside
 * @param {string} quote
 * @param {boolean} escapes  whether a backslash escapes
 * @returns {Token}
 */
function quoted(sql, start, at, quote, escapes) {
  const kind = quote === '"' ? "name" : "string";
  for (; at < sql.length; at++) {
    if (escapes && sql[at] === "\\") at++;
    else if (sql[at] === quote && sql[at + 1] === quote) at++;
    else if (sql[at] === quote) return { kind, start, end: at + 1, open: "" };
  }
  return { kind, start, end: sql.length, open: quote };
}
