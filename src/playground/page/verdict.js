/** What the page says about an output, compared with the book's. */

import { equal } from "./compare.js";
import { differences } from "./differences.js";
import { make } from "./dom.js";
import { explain } from "./explain.js";

/**
 * @param {string[]} yours
 * @param {string[]} book
 * @param {boolean} edited
 * @param {boolean} kept  whether it began with the data of an earlier run
 */
export function compare(yours, book, edited, kept) {
  const same = equal(yours, book);
  const views = same ? [] : [...explained(yours, book), differences(yours, book, !edited)];
  return { same, said: same ? praise(edited) : remark(edited, kept), views };
}

/** @param {boolean} edited */
function praise(edited) {
  return edited ? "Same output as in the book, with your edits" : "Same as in the book";
}

/**
 * @param {boolean} edited
 * @param {boolean} kept
 */
function remark(edited, kept) {
  if (edited) return "Differs from the book, with your edits";
  return kept ? "Differs from the book: it began with kept data" : "Differs from the book";
}

/**
 * psql prints an error and goes on: explain the first that the book has not.
 *
 * @param {string[]} yours
 * @param {string[]} book
 */
function explained(yours, book) {
  const error = yours.find((line) => line.startsWith("ERROR: ") && !book.includes(line));
  const meaning = error && explain({ type: "ERROR", message: error.slice(7).trim(), text: "" });
  return meaning ? [make("p", { class: "listing-meaning" }, meaning)] : [];
}
