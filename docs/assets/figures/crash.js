// A hundred payments, answered, and what a server that was killed holds of them, as recorded.
// Control: when COMMIT is answered.

import { choice, draw, make, take } from "./dom.js";

/** @typedef {{answered: number[], found: number[]}} Crash by payment, in ms; and payments */

const WIDTH = 360;
const HEIGHT = 132;

class CrashFigure extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.state) return;
    const url = new URL("recordings/crash/payments.json", import.meta.url);
    /** @type {Record<string, Crash>} */
    const recording = await (await fetch(url)).json();
    const most = Math.max(...Object.values(recording).flatMap(({ answered }) => answered));
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" });
    const said = make("p", { class: "play-said", role: "status" });
    const show = (/** @type {string} */ when) => {
      const crash = recording[when] ?? { answered: [], found: [] };
      drawing.replaceChildren(...picture(crash, most));
      said.textContent = words(crash);
    };
    const whens = /** @type {[string, string][]} */ ([
      ["before", "before the log is on disk"], ["after", "after it"],
    ]);
    take(this, choice("COMMIT is answered", whens, "before", show), drawing, said);
    show("before");
  }
}

/**
 * @param {Crash} crash
 * @param {number} most milliseconds, near the right edge
 */
function picture({ answered, found }, most) {
  const x = (/** @type {number} */ time) => 2 + (time / most) * (WIDTH - 14);
  const end = x(answered.at(-1) ?? 0) + 5;
  const ticks = (/** @type {number[]} */ payments, /** @type {number} */ top) =>
    payments.map((payment) => `M${x(answered[payment] ?? 0).toFixed(1)} ${top}v20`).join("");
  const all = [...answered.keys()];
  const missing = all.filter((payment) => !found.includes(payment));
  return [
    draw("text", { class: "play-small", x: 0, y: 14 }, `answered: ${answered.length}`),
    draw("path", { class: "play-ticks", d: ticks(all, 22) }),
    draw("text", { class: "play-small", x: 0, y: 72 }, `found after the restart: ${found.length}`),
    draw("path", { class: "play-ticks", d: ticks(found, 80) }),
    draw("path", { class: "play-missing", d: ticks(missing, 80) }),
    draw("path", { class: "play-p99", d: `M${end} 8V104` }),
    draw("text", { class: "bad play-small", x: end - 4, y: 14, "text-anchor": "end" }, "kill -9"),
    ...missing.length ? [draw("text", {
      class: "bad play-small", x: end - 4, y: 72, "text-anchor": "end",
    }, `${missing.length} missing`)] : [],
    draw("path", { class: "thin", d: `M0 112H${WIDTH}` }),
    draw("text", { class: "soft play-small", x: 0, y: 127 }, "0 ms"),
    draw("text", { class: "soft play-small", x: end, y: 127, "text-anchor": "end" },
      `${answered.at(-1)} ms`),
  ];
}

/** @param {Crash} crash */
function words({ answered, found }) {
  const said = `${answered.length} payments were answered, ${found.length} are found after kill -9.`;
  const first = answered.findIndex((_, payment) => !found.includes(payment));
  const last = answered.at(-1) ?? 0;
  if (first < 0) return `${said} None is missing: each COMMIT waited for the disk.`;
  return `${said} The missing ${answered.length - found.length} are the last, answered in the final`
    + ` ${last - (answered[first] ?? last)} ms.`;
}

customElements.define("crash-figure", CrashFigure);
