/** "You got / the book has", line by line. Words say whose a line is; colour only helps. */

import { difference } from "./compare.js";
import { make } from "./dom.js";

/** @import { Line } from "./compare.js" */

const AROUND = 2; // equal lines shown on either side of a difference
const WHOSE = { both: "", you: "You got", book: "The book has" };

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
  let skipped = 0;
  lines.forEach((line, index) => {
    if (isNear(lines, index)) {
      if (skipped) body.append(gap(skipped));
      skipped = 0;
      body.append(row(line));
    } else skipped += 1;
  });
  if (skipped) body.append(gap(skipped));
  const label = { class: "listing-compared", tabindex: "0", role: "region", "aria-label": "Comparison with the book" };
  return make("div", label, make("table", {}, body));
}

/**
 * @param {Line[]} lines
 * @param {number} index
 */
function isNear(lines, index) {
  return lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ who }) => who !== "both");
}

/** @param {Line} line */
function row({ who, line }) {
  const said = who === "both" ? make("td") : make("th", { scope: "row" }, WHOSE[who]);
  return make("tr", { "data-who": who }, said, make("td", {}, make("code", {}, line || "(an empty line)")));
}

/** @param {number} count */
function gap(count) {
  const text = count === 1 ? "1 equal line" : `${count} equal lines`;
  return make("tr", { "data-who": "gap" }, make("td", { colspan: "2" }, `… ${text}`));
}
