// One query with an index, and what PostgreSQL planned for it. Control: the share of the rows that
// the query asks for. After a change the reader guesses first.

import { draw, make, take } from "./dom.js";

/** @typedef {{plan: string, pages: number, rows: number}} Plan */
/**
 * @typedef {object} Query
 * @property {number} share percent of the rows
 * @property {number} limit
 * @property {Plan} chosen
 * @property {Plan} table
 * @property {Plan} index
 * @property {Plan} bitmap
 */

const FIRST = 60; // percent
const WIDTH = 360;
const ROW = 44;
const WAYS = /** @type {["table" | "index" | "bitmap", string][]} */ ([
  ["table", "Seq Scan: the whole table, page after page"],
  ["bitmap", "Bitmap Heap Scan: index first, then pages in order"],
  ["index", "Index Scan: from each entry to its row"],
]);
const number = new Intl.NumberFormat("en");

class PlansFigure extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.state) return;
    const url = new URL("recordings/plans/orders.json", import.meta.url);
    /** @type {Query[]} */
    const queries = await (await fetch(url)).json();
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${3 * ROW}`, "aria-hidden": "true" });
    const said = make("p", { class: "play-said", role: "status" });
    const label = make("span", {}, "");
    /** @param {boolean | undefined} guess whether the index is used; undefined if not guessed */
    const render = (guess, known = guess !== undefined) => {
      const query = queries[Number(range.value)];
      if (!query) return;
      label.textContent = `WHERE amount < ${number.format(query.limit)}: ${query.share} % of the rows`;
      range.setAttribute("aria-valuetext", `${query.share} percent of the rows`);
      drawing.replaceChildren(...WAYS.flatMap(([way, name], place) =>
        row(name, query, way, place * ROW, known)));
      said.textContent = known ? words(query, guess) : "Which way does PostgreSQL choose? Guess first.";
    };
    const first = Math.max(0, queries.findIndex(({ share }) => share === FIRST));
    const range = make("input", {
      type: "range", min: 0, max: queries.length - 1, value: first, step: 1,
      oninput: () => render(undefined),
    });
    const guesses = make(
      "div", { class: "play-buttons" }, make("span", { class: "play-lead" }, "Your guess:"),
      make("button", { type: "button", onclick: () => render(true) }, "It uses the index"),
      make("button", { type: "button", onclick: () => render(false) }, "It reads the whole table"),
    );
    take(this, make("label", { class: "play-range" }, label, range), guesses, drawing, said);
    render(undefined, true);
  }
}

/**
 * @param {string} name
 * @param {Query} query
 * @param {"table" | "index" | "bitmap"} way
 * @param {number} top
 * @param {boolean} known whether the pages are shown
 */
function row(name, query, way, top, known) {
  const most = Math.max(...WAYS.map(([one]) => query[one].pages));
  const { plan, pages } = query[way];
  const chosen = known && plan === query.chosen.plan;
  return [
    draw("text", { class: "play-small", x: 0, y: top + 14 }, name),
    draw("rect", {
      class: chosen ? "play-chosen" : "play-connect", x: 1, y: top + 20, height: 14,
      width: known ? Math.max((pages / most) * (WIDTH - 110), 2) : 2,
    }),
    draw("text", { class: chosen ? "play-small play-name" : "play-small soft", x: WIDTH, y: top + 32, "text-anchor": "end" },
      known ? `${number.format(pages)} pages${chosen ? " ✓" : ""}` : "?"),
  ];
}

/**
 * @param {Query} query
 * @param {boolean | undefined} guess
 */
function words({ chosen, table, index }, guess) {
  const uses = chosen.plan !== "Seq Scan";
  const right = guess === undefined ? "" : guess === uses ? "Right. " : "No. ";
  const other = uses ? ` The whole table has ${number.format(table.pages)}.` : "";
  return `${right}PostgreSQL chose ${uses ? `the index (${chosen.plan})` : "to read the whole table"},`
    + ` ${number.format(chosen.pages)} pages.${other} Row by row through the index it would look at`
    + ` ${number.format(index.pages)}.`;
}

customElements.define("plans-figure", PlansFigure);
