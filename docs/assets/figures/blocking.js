// An event loop with three visitors and a report, as recorded from Python and from Node. Control:
// whether the report blocks.

import { choice, draw, make, take } from "./dom.js";
import { during, late, latest } from "./lanes.js";

/** @typedef {import("./lanes.js").Lanes} Lanes */
/** @typedef {import("./lanes.js").Turn} Turn */

const WIDTH = 360;
const LEFT = 92;
const LANE = 19;
const LEGEND = 252;
const LASTS = 1300; // milliseconds, at the right edge
const x = (/** @type {number} */ time) => LEFT + (time / LASTS) * (WIDTH - LEFT - 4);

class BlockingFigure extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.state) return;
    const url = new URL("recordings/loop/visitors.json", import.meta.url);
    /** @type {import("./lanes.js").Recording} */
    const recording = await (await fetch(url)).json();
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${LEGEND + 12}`, "aria-hidden": "true" });
    const said = make("div", { class: "play-said", role: "status" });
    const show = (/** @type {string} */ way) => {
      const both = Object.entries(recording[way] ?? {});
      drawing.replaceChildren(
        ...both.flatMap(([language, lanes], place) => panel(language, lanes, 4 + place * 116)),
        ...legend(),
      );
      said.replaceChildren(...both.map(([language, lanes]) => make("p", {}, words(language, lanes))));
    };
    const ways = /** @type {[string, string][]} */ ([
      ["blocks", "blocks the loop"], ["thread", "runs in a thread"],
    ]);
    take(this, choice("The report", ways, "blocks", show), drawing, said);
    show("blocks");
  }
}

const legend = () => [
  draw("rect", { class: "play-turn", x: 0, y: LEGEND - 6, height: 12, width: 2.5 }),
  draw("text", { class: "soft play-small", x: 8, y: LEGEND + 4 }, "a turn"),
  draw("path", { class: "play-late", d: `M68 ${LEGEND}h24` }),
  draw("text", { class: "soft play-small", x: 98, y: LEGEND + 4 }, "due, and kept waiting"),
  draw("rect", { class: "play-long", x: 240, y: LEGEND - 6, height: 12, width: 24 }),
  draw("text", { class: "soft play-small", x: 270, y: LEGEND + 4 }, "the report"),
];

/**
 * @param {string} language
 * @param {Lanes} lanes
 * @param {number} top
 */
function panel(language, lanes, top) {
  const names = Object.keys(lanes);
  const axis = top + 20 + names.length * LANE;
  return [
    draw("text", { class: "play-name", x: 0, y: top + 12 }, language),
    ...names.flatMap((name, place) => lane(name, lanes[name] ?? [], top + 20 + place * LANE)),
    ...[0, 500, 1000].map((time) => draw("text", {
      class: "soft play-small", x: x(time), y: axis + 12,
    }, `${time} ms`)),
  ];
}

/**
 * @param {string} name
 * @param {Turn[]} turns
 * @param {number} top
 */
function lane(name, turns, top) {
  const middle = top + LANE / 2;
  const aside = name === "report" && turns.length > 2 ? turns.at(-1) : undefined;
  return [
    draw("text", { class: "play-small", x: 0, y: middle + 4 }, name),
    draw("path", { class: "thin", d: `M${LEFT} ${middle}H${WIDTH}` }),
    ...turns.filter(late).map(([due, begun]) => draw("path", {
      class: "play-late", d: `M${x(due)} ${middle}H${x(begun)}`,
    })),
    ...(aside ? [draw("rect", {
      class: "play-aside", x: x(turns[1]?.[2] ?? 0), y: middle - 6, height: 12,
      width: x(aside[1]) - x(turns[1]?.[2] ?? 0),
    })] : []),
    ...turns.map(([, begun, ended]) => draw("rect", {
      class: name === "report" ? "play-turn play-long" : "play-turn",
      x: x(begun) - 1, y: middle - 6, height: 12, width: Math.max(x(ended) - x(begun), 2.5),
    })),
  ];
}

/**
 * @param {string} language
 * @param {Lanes} lanes
 */
function words(language, lanes) {
  const { begun, ended, turns } = during(lanes);
  const { name, by } = latest(lanes);
  const others = turns ? `the others had ${turns} turns` : "nobody else had a turn";
  return `${language}: from ${begun} to ${ended} ms, while the report ran, ${others}. The latest`
    + ` turn, of ${name}, came ${by} ms after it was due.`;
}

customElements.define("blocking-figure", BlockingFigure);
