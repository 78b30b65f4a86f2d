/** "You got / the book has", line by line. Words say whose a line is; colour only helps. */

import { difference } from "./compare.js";
import { make } from "./dom.js";

/** @import { Line } from "./compare.js" */

const AROUND = 2; // equal lines shown on either side of a difference
const WHOSE = { you: "You got", book: "The book has" };

/**
 * @param {string[]} yours
 * @param {string[]} book
 * @param {boolean} open  whether it is unfolded from the start
 */
export function differences(yours, book, open) {
  const view = make(
    "details",
    { class: "listing-differences" },
    make("summary", {}, "Compare with the book"),
    table(difference(yours, book)),
  );
  view.open = open;
  return view;
}

/** @param {Line[]} lines */
function table(lines) {
  const body = make("tbody");
  for (let index = 0; index < lines.length; ) {
    const near = isNear(lines, index);
    const who = lines[index]?.who;
    let end = index + 1;
    while (end < lines.length && lines[end]?.who === who && isNear(lines, end) === near) end += 1;
    body.append(...(near ? rows(lines.slice(index, end)) : [gap(end - index)]));
    index = end;
  }
  const scrolled = { class: "listing-compared", tabindex: "0", role: "region" };
  const label = { "aria-label": "Comparison with the book" };
  return make("div", { ...scrolled, ...label }, make("table", {}, body));
}

/**
 * @param {Line[]} lines
 * @param {number} index
 */
function isNear(lines, index) {
  return lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ who }) => who !== "both");
}

/** @param {Line[]} lines  of the same party */
function rows(lines) {
  return lines.map(({ who, line }, index) => {
    const row = make("tr", { "data-who": who });
    if (index === 0) row.append(whose(who, lines.length));
    row.append(make("td", {}, make("code", {}, line || "(an empty line)")));
    return row;
  });
}

/**
 * @param {Line["who"]} who
 * @param {number} count  of its lines
 */
function whose(who, count) {
  const span = { rowspan: String(count) };
  return who === "both" ? make("td", span) : make("th", { scope: "rowgroup", ...span }, WHOSE[who]);
}

/** @param {number} count */
function gap(count) {
  const text = count === 1 ? "1 equal line" : `${count} equal lines`;
  return make("tr", { "data-who": "gap" }, make("td", { colspan: "2" }, `… ${text}`));
}
