// Measurements of one service as dots, and where a P99 of them comes to lie. Control: how many.

import { draw, make, take } from "./dom.js";
import { counted, extrapolated, measured, met, TRUE_P99 } from "./percentiles_model.js";

const SIZES = [10, 20, 50, 100, 200, 300, 500, 1000];
const WIDTH = 360;
const HEIGHT = 214;
const MOST = 250; // milliseconds, at the right edge
const OTHERS = 40;
const x = (/** @type {number} */ time) => 8 + (Math.min(time, MOST) / MOST) * (WIDTH - 16);

class PercentilesFigure extends HTMLElement {
  size = 0; // an index of SIZES
  draw = 0;

  connectedCallback() {
    if (this.dataset.state) return;
    this.drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" });
    this.said = make("p", { class: "play-said", role: "status" });
    this.label = make("span", {}, "");
    const range = make("input", {
      type: "range", min: 0, max: SIZES.length - 1, value: 0, step: 1,
      oninput: () => { this.size = Number(range.value); this.render(); },
    });
    this.range = range;
    const again = make("button", {
      type: "button", onclick: () => { this.draw += 1; this.render(); },
    }, "Measure again");
    take(
      this,
      make("label", { class: "play-range" }, this.label, range),
      make("div", { class: "play-buttons" }, again), this.drawing, this.said,
    );
    this.render();
  }

  render() {
    if (!this.drawing || !this.said || !this.label || !this.range) return;
    const n = SIZES[this.size] ?? 10;
    const times = measured(n, this.draw);
    const others = Array.from({ length: OTHERS }, (_, draw) => measured(n, draw + 1000));
    this.label.textContent = `Requests measured: ${n}`;
    this.range.setAttribute("aria-valuetext", `${n} requests`);
    this.drawing.replaceChildren(...picture(times, others));
    this.said.textContent = words(times);
  }
}

/**
 * @param {number[]} times
 * @param {number[][]} others
 */
function picture(times, others) {
  const p99 = extrapolated(times);
  const size = times.length > 100 ? 2 : 3.5;
  const dots = times.map((time, place) => draw("circle", {
    class: "play-dot", cx: x(time), cy: 40 + ((place * 37) % 64), r: size,
  }));
  const ticks = others.map((one) => draw("path", {
    class: "play-tick", d: `M${x(extrapolated(one))} 158v16`,
  }));
  const labels = [0, 50, 100, 150, 200].map((time) => draw("text", {
    class: "soft", x: x(time), y: 208, "text-anchor": time ? "middle" : "start",
  }, time === 200 ? "200 ms" : String(time)));
  const near = x(p99) > WIDTH - 130;
  return [
    draw("path", { class: "thin", d: `M8 192H${WIDTH - 8}M${x(TRUE_P99)} 26V192`, "stroke-dasharray": "2 3" }),
    ...dots,
    draw("path", { class: "play-p99", d: `M${x(p99)} 12V124` }),
    draw("text", {
      class: "bad", x: x(p99) + (near ? -6 : 6), y: 22, "text-anchor": near ? "end" : "start",
    }, `P99: ${Math.round(p99)} ms${p99 > MOST ? " →" : ""}`),
    draw("text", { class: "soft", x: 8, y: 148 }, `P99 of ${OTHERS} other such measurements`),
    ...ticks,
    ...labels,
  ];
}

/** @param {number[]} times */
function words(times) {
  const [p99, slowest] = [Math.round(extrapolated(times)), Math.max(...times)];
  const chance = Math.round(100 * met(times.length));
  const beyond = p99 > slowest
    ? `Nobody waited that long: the slowest request took ${slowest} ms.`
    : `The slowest request took ${slowest} ms; by counting, the P99 is ${counted(times)} ms.`;
  const known = `The service’s own P99 is ${Math.round(TRUE_P99)} ms (dotted line).`;
  return `P99 of ${times.length}: ${p99} ms. ${beyond} ${known} One of its slowest hundredth is`
    + ` among ${times.length} with a chance of ${chance > 99 ? "over 99" : chance} percent.`;
}

customElements.define("percentiles-figure", PercentilesFigure);
