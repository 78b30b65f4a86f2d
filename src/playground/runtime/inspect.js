/** Values as Node's console.log prints them: what listings print, not all that Node can. */

const WIDTH = 72; // Node breaks a longer object into lines

/** @param {unknown[]} values @returns {string} */
export function format(values) {
  return values.map((value) => (typeof value === "string" ? value : inspect(value, 0))).join(" ");
}

/** @param {unknown} value @param {number} depth @returns {string} */
function inspect(value, depth) {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return named(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return value.stack ?? String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "Promise { <pending> }";
  return depth > 2 ? `[${nameOf(value) || "Object"}]` : collection(value, depth + 1);
}

/** @param {Function} value */
function named(value) {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  if (isClass) return `[class ${value.name || "(anonymous)"}]`;
  return value.name ? `[Function: ${value.name}]` : "[Function (anonymous)]";
}

/** @param {object} value @param {number} depth */
function collection(value, depth) {
  const name = nameOf(value);
  if (Array.isArray(value)) return around("[", value.map((one) => inspect(one, depth)), "]");
  if (value instanceof Set) {
    return around(`Set(${value.size}) {`, [...value].map((one) => inspect(one, depth)), "}");
  }
  if (value instanceof Map) {
    const pairs = [...value].map(([key, one]) => `${inspect(key, depth)} => ${inspect(one, depth)}`);
    return around(`Map(${value.size}) {`, pairs, "}");
  }
  const entries = Object.entries(value).map(([key, one]) => {
    const shown = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : quoted(key);
    return `${shown}: ${inspect(one, depth)}`;
  });
  return around(name && name !== "Object" ? `${name} {` : "{", entries, "}");
}

/** @param {string} open @param {string[]} parts @param {string} close */
function around(open, parts, close) {
  if (!parts.length) return open + close;
  const line = `${open} ${parts.join(", ")} ${close}`;
  if (line.length <= WIDTH && !line.includes("\n")) return line;
  const inner = parts.map((part) => `  ${part.replaceAll("\n", "\n  ")}`).join(",\n");
  return `${open}\n${inner}\n${close}`;
}

/** @param {object} value @returns {string} */
function nameOf(value) {
  return Object.getPrototypeOf(value)?.constructor?.name ?? "[Object: null prototype]";
}

/** @param {string} text */
function quoted(text) {
  const quote = text.includes("'") ? (text.includes('"') ? "`" : '"') : "'";
  return quote + text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n") + quote;
}
