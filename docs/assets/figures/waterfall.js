// A page and its files over four versions of HTTP, by the model. Control: the round-trip time.

import { draw, make, take } from "./dom.js";
import { FILES, loads, MEGABITS, total } from "./waterfall_model.js";

const WIDTH = 360;
const ROW = 46;
const CLASSES = /** @type {Record<string, string>} */ ({ page: "play-page", files: "play-files" });

class WaterfallFigure extends HTMLElement {
  connectedCallback() {
    if (this.dataset.state) return;
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${4 * ROW + 24}`, "aria-hidden": "true" });
    const said = make("p", { class: "play-said", role: "status" });
    const label = make("span", {}, "");
    const render = () => {
      const round = Number(range.value);
      const all = loads(round);
      const most = Math.max(...all.map(total));
      label.textContent = `Round trip: ${round} ms`;
      range.setAttribute("aria-valuetext", `${round} milliseconds`);
      drawing.replaceChildren(
        ...all.flatMap((load, place) => row(load, place * ROW, most)), ...legend(),
      );
      const [faster] = loads(round, 10 * MEGABITS).slice(2);
      const saved = all[2] && faster ? total(all[2]) - total(faster) : 0;
      said.textContent = `${all.map((load) => `${load.name}: ${told(total(load))}.`).join(" ")}`
        + ` Ten times the bandwidth would save HTTP/2 ${told(saved)},`
        + ` half the round trip ${told(total(all[2] ?? { name: "", spans: [] })
          - total(loads(round / 2)[2] ?? { name: "", spans: [] }))}.`;
    };
    const range = make("input", {
      type: "range", min: 10, max: 300, step: 10, value: 80, oninput: render,
    });
    take(this, make("label", { class: "play-range" }, label, range), drawing, said);
    render();
  }
}

const legend = () => /** @type {[number, string, string][]} */ ([
  [0, "play-connect", "name and connection"],
  [160, "play-page", "the page"],
  [252, "play-files", "its files"],
]).flatMap(([x, kind, name]) => [
  draw("rect", { class: kind, x: x + 1, y: 4 * ROW + 8, height: 12, width: 12 }),
  draw("text", { class: "soft play-small", x: x + 20, y: 4 * ROW + 18 }, name),
]);

/**
 * @param {import("./waterfall_model.js").Load} load
 * @param {number} top
 * @param {number} most how long the longest takes, which fills the width
 */
function row(load, top, most) {
  const scale = WIDTH / most;
  let left = 0;
  const bars = load.spans.flatMap(([what, took]) => {
    const [x, width] = [left * scale, took * scale];
    left += took;
    const bar = draw("rect", {
      class: CLASSES[what] ?? "play-connect", x, y: top + 20, height: 18, width: Math.max(width - 1.5, 1),
    });
    const fits = width > 8 * what.length + 4;
    const name = what === "files" ? `${FILES} files` : what;
    return fits ? [bar, draw("text", {
      class: `play-small ${CLASSES[what] ? "play-on" : ""}`, x: x + 4, y: top + 33,
    }, name)] : [bar];
  });
  return [
    draw("text", { class: "play-small", x: 0, y: top + 14 }, load.name),
    draw("text", { class: "play-small soft", x: WIDTH, y: top + 14, "text-anchor": "end" }, told(total(load))),
    ...bars,
  ];
}

/** @param {number} milliseconds */
const told = (milliseconds) => `${Math.round(milliseconds)} ms`;

customElements.define("waterfall-figure", WaterfallFigure);
