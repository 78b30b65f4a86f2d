// Latencies with a second for each nanosecond, as this build measured them. Control: measures, in
// the reader's own tab, what its JavaScript can see.

import { draw, make, take } from "./dom.js";
import { coarseness, oneOfMany, scaled, shown } from "./ladder_model.js";

/** @typedef {{name: string, nanoseconds: number}} Rung */

const WIDTH = 360;
const ROW = 30;
const [LEAST, MOST] = [0.2, 4e8]; // nanoseconds, at the two edges
const MARKS = /** @type {[string, number][]} */ ([
  ["second", 1], ["minute", 60], ["hour", 3600], ["day", 86_400], ["year", 31_557_600],
]);
const NUMBERS = 2 ** 22; // four bytes each: more than a processor's caches hold, on most machines
const IN_TAB = [`a number from ${(4 * NUMBERS) / 2 ** 20} MB of them`, "one await", "fetch from this site"];
const now = () => performance.now();

const x = (/** @type {number} */ nanoseconds) =>
  Math.min((Math.log(nanoseconds / LEAST) / Math.log(MOST / LEAST)) * WIDTH, WIDTH);

class LadderFigure extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.state) return;
    const url = new URL("recordings/latency/ladder.json", import.meta.url);
    /** @type {{rungs: Rung[]}} */
    const { rungs } = await (await fetch(url)).json();
    const height = (rungs.length + IN_TAB.length + 1) * ROW + 22;
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${height}`, "aria-hidden": "true", class: "play-halo" });
    const said = make("p", { class: "play-said", role: "status" }, first(rungs));
    const button = make("button", {
      type: "button",
      onclick: async () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        button.setAttribute("aria-disabled", "true");
        const [step, times] = await measured(url);
        drawing.replaceChildren(...picture(rungs, times, step, height));
        said.textContent = words(step, times);
        button.textContent = "Measure again";
        button.setAttribute("aria-disabled", "false");
      },
    }, "Measure in this tab");
    drawing.append(...picture(rungs, [], NaN, height));
    take(this, make("div", { class: "play-buttons" }, button), drawing, said);
  }
}

/**
 * @param {URL} url a small file of this site
 * @returns {Promise<[step: number, times: number[]]>} in nanoseconds; NaN for what cannot be seen
 */
async function measured(url) {
  const step = coarseness(now);
  if (Number.isNaN(step)) return [NaN, IN_TAB.map(() => NaN)];
  const memory = await oneOfMany(walk(), step, now);
  const waiting = await oneOfMany(async (times) => {
    for (let time = 0; time < times; time += 1) await undefined;
  }, step, now);
  return [step, [memory, waiting, await fetching(url)]];
}

/** Goes from number to number of a large array, each saying where the next one stands. */
function walk() {
  const numbers = new Uint32Array(NUMBERS);
  for (let place = 0; place < NUMBERS; place += 1) {
    numbers[place] = (Math.imul(place, 1_664_525) + 1_013_904_223) >>> 0 & (NUMBERS - 1);
  }
  let place = 0;
  return (/** @type {number} */ times) => {
    for (let time = 0; time < times; time += 1) place = numbers[place] ?? 0;
    return place;
  };
}

/** @param {URL} url its middle one of five round trips; no cache is asked for a HEAD */
async function fetching(url) {
  const times = [];
  try {
    for (let time = 0; time < 5; time += 1) {
      const began = now();
      await fetch(url, { method: "HEAD", cache: "no-store" });
      times.push((now() - began) * 1e6);
    }
  } catch {
    return NaN; // no network
  }
  return times.sort((a, b) => a - b)[2] ?? NaN;
}

/**
 * @param {Rung[]} rungs
 * @param {number[]} times in the tab; none yet if it is empty
 * @param {number} step the clock's
 * @param {number} height
 */
function picture(rungs, times, step, height) {
  const floor = height - 18;
  const tab = (rungs.length + 1) * ROW;
  return [
    ...MARKS.flatMap(([name, mark]) => [
      draw("path", { class: "thin", d: `M${x(mark)} 0V${floor}` }),
      draw("text", { class: "soft play-small", x: x(mark), y: height - 4, "text-anchor": "middle" }, name),
    ]),
    ...rungs.flatMap(({ name, nanoseconds }, place) => rung(name, nanoseconds, place * ROW, "play-here")),
    draw("text", { class: "play-small play-name", x: 0, y: tab - 8 }, "in this tab"),
    ...Number.isNaN(step) ? [] : [
      draw("path", { class: "play-p99", d: `M${x(step)} ${tab - 20}V${floor}` }),
      draw("text", {
        class: "bad play-small", y: tab - 8, x: x(step) + (x(step) > WIDTH / 2 ? -5 : 5),
        "text-anchor": x(step) > WIDTH / 2 ? "end" : "start",
      }, `its clock’s step: ${scaled(step)}`),
    ],
    ...IN_TAB.flatMap((name, place) => rung(name, times[place], tab + place * ROW, "play-in-tab")),
  ];
}

/**
 * @param {string} name
 * @param {number | undefined} nanoseconds undefined if not measured yet, NaN if it cannot be
 * @param {number} top
 * @param {string} kind
 */
function rung(name, nanoseconds, top, kind) {
  const words = nanoseconds === undefined ? "?" : Number.isNaN(nanoseconds) ? "not seen" : scaled(nanoseconds);
  const label = draw("text", { class: "play-small", x: WIDTH, y: top + 13, "text-anchor": "end" }, words);
  const parts = [draw("text", { class: "play-small", x: 0, y: top + 13 }, name), label];
  if (!nanoseconds) return parts;
  return [
    ...parts,
    draw("path", { class: `play-rung ${kind}`, d: `M0 ${top + 22}H${x(nanoseconds)}` }),
    draw("circle", { class: kind, cx: x(nanoseconds), cy: top + 22, r: 3.5 }),
  ];
}

/** @param {Rung[]} rungs */
const first = (rungs) => `A second for each nanosecond: ${rungs.map(({ name, nanoseconds }) =>
  `${name}, ${scaled(nanoseconds)}`).join("; ")}.`;

/**
 * @param {number} step
 * @param {number[]} times
 */
function words(step, [memory = NaN, waiting = NaN, fetching = NaN]) {
  if (Number.isNaN(step)) return "This tab’s clock stands still: nothing can be measured by it.";
  const answer = Number.isNaN(fetching)
    ? "The server gave no answer."
    : `A fetch took ${shown(fetching)}: ${scaled(fetching)}.`;
  return `This tab’s clock moves in steps of ${shown(step)}. A number from memory (${shown(memory)})`
    + ` and an await (${shown(waiting)}) are shorter, so thousands were done and the time divided. ${answer}`;
}

customElements.define("ladder-figure", LadderFigure);
