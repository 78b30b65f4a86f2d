// Bytes that were written into a TCP connection, and the calls that read them, as recorded.
// Control: how the other program reads.

import { choice, draw, make, take } from "./dom.js";

/** @typedef {string | number} Call its bytes, or how many they were */
/** @typedef {{writes: Call[], reads: Call[]}} Calls */

const WIDTH = 360;
const ROW = 58;
const number = new Intl.NumberFormat("en");
const WAYS = /** @type {[string, string][]} */ ([
  ["late", "when both are there"],
  ["between", "after each send"],
  ["small", "4 bytes at a time"],
  ["long", "one long message"],
]);
const REMARKS = /** @type {Record<string, string>} */ ({
  late: "Whoever takes what recv returns for a message has lost a payment.",
  between: "Both whole, by luck: nothing in TCP promises it.",
  small: "No call returned a payment, and no byte is missing.",
  long: "One message, and no call returned it.",
});

class StreamFigure extends HTMLElement {
  async connectedCallback() {
    if (this.dataset.state) return;
    const url = new URL("recordings/stream/cuts.json", import.meta.url);
    /** @type {Record<string, Calls>} */
    const recording = await (await fetch(url)).json();
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} ${3 * ROW - 10}`, "aria-hidden": "true" });
    const said = make("p", { class: "play-said", role: "status" });
    const show = (/** @type {string} */ way) => {
      const calls = recording[way] ?? { writes: [], reads: [] };
      drawing.replaceChildren(...picture(calls));
      said.textContent = `${words(calls)} ${REMARKS[way]}`;
    };
    take(this, choice("The other program reads", WAYS, "late", show), drawing, said);
    show("late");
  }
}

/** @param {Call} call */
const size = (call) => (typeof call === "number" ? call : call.length);

/** @param {Calls} calls */
function picture({ writes, reads }) {
  const whole = reads.every((call) => writes.includes(call));
  const found = whole ? "each is a message ✓" : reads.length > 1 ? "none is a message ✗" : "not a message ✗";
  return [
    ...title(`send, ${times(writes.length)}`, 0),
    ...boxes(writes, 0, () => "play-connect"),
    ...title("the stream: bytes in order, no borders", ROW),
    draw("path", { class: "thin", d: `M0 ${ROW + 20}H${WIDTH}M0 ${ROW + 44}H${WIDTH}` }),
    ...bytes(writes, ROW),
    ...title(`recv, ${times(reads.length)}: ${found}`, 2 * ROW),
    ...boxes(reads, 2 * ROW, (call) => (writes.includes(call) ? "play-whole" : "play-cut")),
  ];
}

/**
 * @param {string} name
 * @param {number} top
 */
const title = (name, top) => [draw("text", { class: "play-small", x: 0, y: top + 14 }, name)];

/**
 * A box for each call, and what it carried.
 * @param {Call[]} calls
 * @param {number} top
 * @param {(call: Call) => string} kind
 */
function boxes(calls, top, kind) {
  const total = sum(calls);
  return [...calls.map((call, place) => draw("rect", {
    class: kind(call),
    x: (sum(calls.slice(0, place)) / total) * WIDTH + 1.5,
    y: top + 21, height: 22, rx: 2,
    width: (size(call) / total) * WIDTH - 3,
  })), ...bytes(calls, top)];
}

/**
 * The bytes as letters, or their number if they are many and came at once.
 * @param {Call[]} calls
 * @param {number} top
 */
function bytes(calls, top) {
  const text = calls.filter((call) => typeof call === "string").join("");
  const one = calls.length === 1 ? [`${number.format(sum(calls))} bytes`] : [];
  const shown = text ? [...text].map((letter) => letter.replace(" ", "·")) : one;
  return shown.map((letter, place) => draw("text", {
    class: letter === "·" ? "mono soft" : "mono",
    x: ((place + 0.5) / shown.length) * WIDTH, y: top + 37, "text-anchor": "middle",
  }, letter));
}

/** @param {Call[]} calls how many bytes they carried */
const sum = (calls) => calls.reduce((/** @type {number} */ before, call) => before + size(call), 0);

/** @param {number} count */
const times = (count) => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);

/** @param {Calls} calls */
function words({ writes, reads }) {
  const sizes = reads.map(size);
  const returned = reads.every((call) => typeof call === "string")
    ? reads.map((call) => `“${call}”`).join(", ")
    : `${number.format(Math.min(...sizes))} to ${number.format(Math.max(...sizes))} bytes each time`;
  return `Sent ${times(writes.length)}, read ${times(reads.length)}: ${returned}.`;
}

customElements.define("stream-figure", StreamFigure);
