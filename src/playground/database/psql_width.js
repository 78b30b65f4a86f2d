/** How wide text is on a terminal, and how psql shows what cannot be printed (mbprint.c). */

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE = [
  [0x1100, 0x115f], [0x231a, 0x231b], [0x2329, 0x232a], [0x23e9, 0x23ec], [0x2614, 0x2615],
  [0x26a1, 0x26a1], [0x2705, 0x2705], [0x270a, 0x270b], [0x2728, 0x2728], [0x274c, 0x274c],
  [0x2753, 0x2757], [0x2b50, 0x2b50], [0x2e80, 0x303e], [0x3041, 0x33ff], [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf], [0xa960, 0xa97c], [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b], [0xff01, 0xff60], [0xffe0, 0xffe6], [0x1f300, 0x1f320], [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c], [0x1f37e, 0x1f393], [0x1f3a0, 0x1f3ca], [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0], [0x1f3f4, 0x1f3f4], [0x1f3f8, 0x1f43e], [0x1f440, 0x1f440],
  [0x1f442, 0x1f4fc], [0x1f4ff, 0x1f53d], [0x1f54b, 0x1f54e], [0x1f550, 0x1f567],
  [0x1f5a4, 0x1f5a4], [0x1f5fb, 0x1f64f], [0x1f680, 0x1f6c5], [0x1f6cc, 0x1f6cc],
  [0x1f6d0, 0x1f6d2], [0x1f6d5, 0x1f6d7], [0x1f6dc, 0x1f6df], [0x1f6eb, 0x1f6ec],
  [0x1f6f4, 0x1f6fc], [0x1f7e0, 0x1f7eb], [0x1f90c, 0x1f93a], [0x1f93c, 0x1f945],
  [0x1f947, 0x1f9ff], [0x1fa70, 0x1faff], [0x20000, 0x3fffd],
];

/** @param {string} character  one code point @returns {number} columns */
export function characterWidth(character) {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.some(([first = 0, last = 0]) => code >= first && code <= last) ? 2 : 1;
}

/** @param {string} text */
export function width(text) {
  let sum = 0;
  for (const character of text) sum += characterWidth(character);
  return sum;
}

/**
 * The lines of a cell: tabs go to columns of eight, control characters are spelt out.
 * @param {string} text
 * @returns {{text: string, width: number}[]}
 */
export function lines(text) {
  return text.split("\n").map((line) => {
    let shown = "";
    let at = 0;
    for (const character of line) {
      const part = visible(character, at);
      shown += part;
      at += width(part);
    }
    return { text: shown, width: at };
  });
}

/** @param {string} character @param {number} at  the column it stands in */
function visible(character, at) {
  const code = character.codePointAt(0) ?? 0;
  if (character === "\t") return " ".repeat(8 - (at % 8));
  if (character === "\r") return "\\r";
  if (code < 32 || code === 127) return `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
  if (code > 127 && code < 160) return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return character;
}
