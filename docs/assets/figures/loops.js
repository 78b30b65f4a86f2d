// A server that stands still for a while, measured by a closed and by an open loop. Control: for
// how long.

import { draw, make, take } from "./dom.js";
import { inTurn, LASTS, onTime, p99 } from "./loops_model.js";

const WIDTH = 360;
const PANEL = 104;
const MOST = 2_005;
const SLOW = 10; // milliseconds; twice what a request takes

/** @typedef {import("./loops_model.js").Request} Request */

class LoopsFigure extends HTMLElement {
  connectedCallback() {
    if (this.dataset.state) return;
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${2 * PANEL + 24}`, "aria-hidden": "true" });
    const said = make("p", { class: "play-said", role: "status" });
    const label = make("span", {}, "");
    const render = () => {
      const stall = Number(range.value);
      const both = [inTurn(stall), onTime(stall)];
      label.textContent = `The server stands still for ${seconds(stall)} of 10 s`;
      range.setAttribute("aria-valuetext", seconds(stall));
      drawing.replaceChildren(
        ...panel("closed loop: waits for each answer", both[0] ?? [], 0),
        ...panel("open loop: keeps its timetable", both[1] ?? [], PANEL),
        draw("text", { class: "soft", x: 8, y: 2 * PANEL + 18 }, "0 s"),
        draw("text", { class: "soft", x: WIDTH - 8, y: 2 * PANEL + 18, "text-anchor": "end" }, "10 s"),
      );
      said.textContent = both.map((requests, open) =>
        `${open ? "Open" : "Closed"} loop: ${requests.length} requests, P99 ${p99(requests)} ms,`
        + ` slowest ${Math.max(...requests.map(({ took }) => took))} ms.`).join(" ");
    };
    const range = make("input", {
      type: "range", min: 0, max: 2000, step: 100, value: 1000, oninput: render,
    });
    take(this, make("label", { class: "play-range" }, label, range), drawing, said);
    render();
  }
}

/**
 * Each request as a dot: when it was due, and how long it took.
 * @param {string} title
 * @param {Request[]} requests
 * @param {number} top
 */
function panel(title, requests, top) {
  const floor = top + PANEL - 6;
  const x = (/** @type {number} */ due) => 8 + (due / LASTS) * (WIDTH - 16);
  const y = (/** @type {number} */ took) => floor - (took / MOST) * (PANEL - 34);
  const dots = (/** @type {Request[]} */ some) =>
    some.map(({ due, took }) => `M${x(due).toFixed(1)} ${y(took).toFixed(1)}h0`).join("");
  const high = p99(requests);
  return [
    draw("text", { x: 8, y: top + 16 }, title),
    draw("text", { class: "bad", x: WIDTH - 8, y: top + 16, "text-anchor": "end" }, `P99 ${high} ms`),
    draw("path", { class: "thin", d: `M8 ${floor}H${WIDTH - 8}` }),
    draw("path", { class: "play-p99", d: `M8 ${y(high)}H${WIDTH - 8}`, "stroke-dasharray": "4 3" }),
    draw("path", { class: "play-dots", d: dots(requests) }),
    draw("path", { class: "play-dots play-slow", d: dots(requests.filter(({ took }) => took > SLOW)) }),
  ];
}

/** @param {number} milliseconds */
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

customElements.define("loops-figure", LoopsFigure);
