/** Is what was typed so far a whole SQL statement? As psql decides it, when Enter is pressed. */

// A string, an identifier in quotes, a comment or a text in dollars: what may hide a semicolon.
const HIDING = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[^]*?\*\/|(\$\w*\$)[^]*?\1/g;
const OPEN = /['"]|\/\*|\$\w*\$/;

/** @param {string} text */
export function isComplete(text) {
  if (/^\s*\\/.test(text)) return true; // a command of psql is one line
  const bare = text.replaceAll(HIDING, " ");
  return bare.trimEnd().endsWith(";") && !OPEN.test(bare);
}
