/**
 * PostgreSQL's wire protocol, version 3: making messages, and reading what is in them.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const SSL_REQUEST = 80877103;
export const GSS_REQUEST = 80877104;
export const CANCEL_REQUEST = 80877102;

/** @typedef {import("./splitter.js").Message} Message */
/** @typedef {{severity?: string, code: string, message: string, detail?: string, hint?: string}} Refusal */

/** @param {Uint8Array} bytes @param {number} at */
export function int32(bytes, at) {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(at);
}

/** @param {Uint8Array} bytes @param {number} at */
export function int16(bytes, at) {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt16(at);
}

/** @param {Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} */
export function concat(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes */
export function text(bytes) {
  return decoder.decode(bytes);
}

/** The string that ends with the next zero byte. @param {Uint8Array} bytes @param {number} [at] */
export function cstring(bytes, at = 0) {
  const end = bytes.indexOf(0, at);
  return decoder.decode(bytes.subarray(at, end < 0 ? bytes.length : end));
}

/** All zero-terminated strings, up to an empty one. @param {Uint8Array} bytes @param {number} [at] */
export function cstrings(bytes, at = 0) {
  const strings = decoder.decode(bytes.subarray(at)).split("\0");
  return strings.slice(0, strings.indexOf("") < 0 ? undefined : strings.indexOf(""));
}

/**
 * @param {string} type  one letter, or "" for a startup message
 * @param {...(string | Uint8Array)} parts  a string is sent with a zero byte at its end
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function message(type, ...parts) {
  const body = parts.map((part) => (typeof part === "string" ? encoder.encode(`${part}\0`) : part));
  const bytes = concat([encoder.encode(type), new Uint8Array(4), ...body]);
  new DataView(bytes.buffer).setInt32(type.length, bytes.length - type.length);
  return bytes;
}

/** @param {...number} numbers */
export function int32s(...numbers) {
  const bytes = new Uint8Array(4 * numbers.length);
  numbers.forEach((number, i) => new DataView(bytes.buffer).setInt32(4 * i, number));
  return bytes;
}

/** A simple query. @param {string} sql */
export function query(sql) {
  return message("Q", sql);
}

/** @param {Record<string, string>} parameters  user, database, … */
export function startup(parameters) {
  const pairs = Object.entries(parameters).flat();
  return message("", int32s(196608), ...pairs, new Uint8Array(1));
}

/** @param {string} status  I, T or E: idle, in a transaction, in a failed one */
export function readyForQuery(status) {
  return message("Z", encoder.encode(status));
}

/** @param {Refusal} refusal */
export function errorResponse({ severity = "ERROR", code, message: what, detail, hint }) {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${what}`];
  if (detail) fields.push(`D${detail}`);
  if (hint) fields.push(`H${hint}`);
  return message("E", ...fields, new Uint8Array(1));
}

/**
 * The fields of an ErrorResponse or NoticeResponse by their letters, such as M for the message.
 * @param {Uint8Array} body
 * @returns {Record<string, string>}
 */
export function fields(body) {
  return Object.fromEntries(cstrings(body).map((field) => [field[0], field.slice(1)]));
}

/**
 * The values of a DataRow as text.
 * @param {Uint8Array} body
 * @returns {(string | null)[]}
 */
export function values(body) {
  const row = [];
  let at = 2;
  for (let i = int16(body, 0); i > 0; i--) {
    const size = int32(body, at);
    at += 4;
    row.push(size < 0 ? null : text(body.subarray(at, at + size)));
    at += Math.max(size, 0);
  }
  return row;
}

/** The SQL in a message, if there is any. @param {Message} message */
export function textOf({ type, body }) {
  if (type === "Q") return cstring(body);
  return type === "P" ? cstring(body, body.indexOf(0) + 1) : "";
}
