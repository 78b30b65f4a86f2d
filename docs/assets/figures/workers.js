// Two pieces of work, done by processes, threads and coroutines, as recorded. Control: whether a
// piece computes or waits.

import { choice, draw, make, take } from "./dom.js";
import { order } from "./lanes.js";

/** @typedef {import("./lanes.js").Span} Span */

const WIDTH = 360;
const LANE = 17;
const GROUP = 66;
const WAYS = /** @type {Record<string, string>} */ ({
  processes: "two processes", threads: "two threads", coroutines: "two coroutines, one thread",
});

class WorkersFigure extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.state) return;
    const url = new URL("recordings/workers/pieces.json", import.meta.url);
    /** @type {Record<string, Record<string, Span[][]>>} */
    const recording = await (await fetch(url)).json();
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${3 * GROUP + 14}`, "aria-hidden": "true" });
    const said = make("p", { class: "play-said", role: "status" });
    const show = (/** @type {string} */ work) => {
      const groups = Object.entries(recording[work] ?? {});
      const most = Math.max(...groups.map(([, lanes]) => ended(lanes)));
      drawing.replaceChildren(
        ...groups.flatMap(([way, lanes], place) => group(way, lanes, work, place * GROUP, most)),
        draw("text", { class: "soft play-small", x: 0, y: 3 * GROUP + 8 }, "0 ms"),
        draw("text", { class: "soft play-small", x: WIDTH / 2, y: 3 * GROUP + 8, "text-anchor": "middle" },
          work === "waits" ? "hollow: waiting" : "filled: computing"),
        draw("text", { class: "soft play-small", x: WIDTH, y: 3 * GROUP + 8, "text-anchor": "end" },
          `${Math.round(most)} ms`),
      );
      said.textContent = groups.map(([way, lanes]) => words(way, lanes)).join(" ");
    };
    const works = /** @type {[string, string][]} */ ([
      ["computes", "computes in Python"], ["waits", "waits"],
    ]);
    take(this, choice("Each of two pieces", works, "computes", show), drawing, said);
    show("computes");
  }
}

/** @param {Span[][]} lanes when the last of them was done, in ms */
const ended = (lanes) => Math.max(...lanes.map((turns) => turns.at(-1)?.[1] ?? 0));

/** @param {Span[][]} lanes */
const lie = ([first = [], second = []]) => order(first, second);

/**
 * @param {string} way
 * @param {Span[][]} lanes
 * @param {string} work
 * @param {number} top
 * @param {number} most milliseconds, at the right edge
 */
function group(way, lanes, work, top, most) {
  const x = (/** @type {number} */ time) => (time / most) * WIDTH;
  return [
    draw("text", { class: "play-small play-name", x: 0, y: top + 14 }, WAYS[way] ?? way),
    draw("text", { class: "play-small", x: WIDTH, y: top + 14, "text-anchor": "end" },
      `${lie(lanes)}, ${Math.round(ended(lanes))} ms`),
    ...lanes.flatMap((turns, place) => {
      const middle = top + 20 + (place + 0.5) * LANE;
      return [
        draw("path", { class: "thin", d: `M0 ${middle}H${WIDTH}` }),
        ...turns.map(([begun, end]) => draw("rect", {
          class: work === "waits" ? "play-connect" : "play-turn",
          x: x(begun), y: middle - 6, height: 12, width: Math.max(x(end) - x(begun) - 0.5, 0.5),
        })),
      ];
    }),
  ];
}

/**
 * @param {string} way
 * @param {Span[][]} lanes
 */
function words(way, lanes) {
  const name = (WAYS[way] ?? way).split(",")[0] ?? "";
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${lie(lanes)}, done after`
    + ` ${Math.round(ended(lanes))} ms.`;
}

customElements.define("workers-figure", WorkersFigure);
