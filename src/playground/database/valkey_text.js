/** How valkey-cli reads a line, and how it prints a reply (valkey-cli.c, cliFormatReplyTTY). */

/** @typedef {import("./resp.js").Reply} Reply */

/**
 * Splits a line into words as the prompt does: "a b" and 'a b' are one word, \n and \x41 are known
 * inside double quotes.
 * @param {string} line
 * @returns {Uint8Array[] | null}  null if quotes are not closed, or not followed by a blank
 */
export function words(line) {
  const pattern = /\s*(?:"((?:[^"\\]|\\[^])*)"(?=\s|$)|'((?:[^'\\]|\\[^])*)'(?=\s|$)|([^\s"']+))/y;
  const found = [];
  const text = line.trimEnd();
  for (pattern.lastIndex = 0; pattern.lastIndex < text.length; ) {
    const match = pattern.exec(text);
    if (!match) return null;
    const [, double, single, plain] = match;
    found.push(double === undefined ? encode(single?.replaceAll("\\'", "'") ?? plain ?? "") : unescape(double));
  }
  return found;
}

/** @param {string} text */
function encode(text) {
  return new TextEncoder().encode(text);
}

/** @param {string} text  from inside double quotes */
function unescape(text) {
  const named = /** @type {Record<string, string>} */ ({ n: "\n", r: "\r", t: "\t", b: "\b", a: "\x07" });
  /** @type {number[]} */
  const bytes = [];
  for (const [, hex, escaped, plain] of text.matchAll(/\\x([0-9a-fA-F]{2})|\\([^])|([^\\]+)/g)) {
    if (hex) bytes.push(parseInt(hex, 16));
    else bytes.push(...encode(plain ?? named[escaped ?? ""] ?? escaped ?? ""));
  }
  return Uint8Array.from(bytes);
}

/** A string in double quotes, as sdscatrepr writes it. @param {Uint8Array} bytes */
function quoted(bytes) {
  const named = /** @type {Record<number, string>} */ ({
    7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\",
  });
  const characters = [...bytes].map((byte) => {
    if (named[byte]) return named[byte];
    const printable = byte >= 32 && byte < 127;
    return printable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `"${characters.join("")}"`;
}

/**
 * @param {Reply} reply
 * @param {string} [prefix]  blanks before all lines but the first
 * @returns {string}  without a newline at its end
 */
export function format(reply, prefix = "") {
  switch (reply.kind) {
    case "null": return "(nil)";
    case "status": case "verbatim": return reply.text;
    case "error": return `(error) ${reply.text}`;
    case "integer": return `(integer) ${reply.text}`;
    case "double": return `(double) ${reply.text}`;
    case "big": return `(big number) ${reply.text}`;
    case "boolean": return reply.value ? "(true)" : "(false)";
    case "bulk": return quoted(reply.bytes);
    case "map": return formatMap(reply.items, prefix);
    default: return formatItems(reply.items, prefix, reply.kind);
  }
}

/** @param {Reply[]} items @param {string} prefix @param {"array" | "set" | "push"} kind */
function formatItems(items, prefix, kind) {
  if (items.length === 0) return `(empty ${kind})`;
  const width = String(items.length).length;
  const sign = { array: ")", set: "~", push: ">" }[kind];
  const inner = prefix + " ".repeat(width + 2);
  const lines = items.map((item, i) => `${String(i + 1).padStart(width)}${sign} ${format(item, inner)}`);
  return lines.join(`\n${prefix}`);
}

/** @param {Reply[]} items  keys and values in turn @param {string} prefix */
function formatMap(items, prefix) {
  if (items.length === 0) return "(empty hash)";
  const width = String(items.length / 2).length;
  const inner = prefix + " ".repeat(width + 2);
  const lines = [];
  for (let i = 0; i < items.length; i += 2) {
    const [key, value] = /** @type {[Reply, Reply]} */ ([items[i], items[i + 1]]);
    const number = String(i / 2 + 1).padStart(width);
    lines.push(`${number}# ${format(key, inner)} => ${format(value, inner)}`);
  }
  return lines.join(`\n${prefix}`);
}
