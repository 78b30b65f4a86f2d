/** Is it what the book has? If not, where does it differ? */

/** @import { ListingData } from "./types.js" */
/** @typedef {{who: "both" | "you" | "book", line: string}} Line */

/**
 * The lines as the record has them: without space at their ends, of SQL without empty ones.
 *
 * @param {string} text
 * @param {string} language
 */
export function lines(text, language) {
  const all = text.split("\n").map((line) => line.trimEnd());
  if (all.at(-1) === "") all.pop();
  return language === "sql" ? all.filter(Boolean) : all;
}

/** @param {NonNullable<ListingData["record"]>} record */
export function recorded(record) {
  return record.map(([, line]) => line);
}

/**
 * @param {string[]} one
 * @param {string[]} other
 */
export function equal(one, other) {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/**
 * Both texts in one list, with the longest common subsequence of lines said once.
 *
 * @param {string[]} yours
 * @param {string[]} book
 * @returns {Line[]}
 */
export function difference(yours, book) {
  const common = lengths(yours, book);
  /** @type {Line[]} */
  const found = [];
  let [one, other] = [0, 0];
  while (one < yours.length || other < book.length) {
    const here = common[one]?.[other] ?? 0;
    if (one < yours.length && other < book.length && yours[one] === book[other]) {
      found.push({ who: "both", line: yours[one] ?? "" });
      [one, other] = [one + 1, other + 1];
    } else if (one < yours.length && (other === book.length || common[one + 1]?.[other] === here)) {
      found.push({ who: "you", line: yours[one] ?? "" });
      one += 1;
    } else {
      found.push({ who: "book", line: book[other] ?? "" });
      other += 1;
    }
  }
  return found;
}

/**
 * The length of the longest common subsequence of each pair of tails.
 *
 * @param {string[]} yours
 * @param {string[]} book
 */
function lengths(yours, book) {
  const table = Array.from({ length: yours.length + 1 }, () => new Uint16Array(book.length + 1));
  for (let one = yours.length - 1; one >= 0; one -= 1) {
    const row = /** @type {Uint16Array} */ (table[one]);
    const below = /** @type {Uint16Array} */ (table[one + 1]);
    for (let other = book.length - 1; other >= 0; other -= 1) {
      const longest = Math.max(below[other] ?? 0, row[other + 1] ?? 0);
      row[other] = yours[one] === book[other] ? (below[other + 1] ?? 0) + 1 : longest;
    }
  }
  return table;
}
