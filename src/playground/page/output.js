/** The output below a listing: streamed, drawn once a frame, and never endless. */

import { make } from "./dom.js";

/** @import { Chunk } from "./types.js" */
/** @typedef {"running" | "same" | "different" | "error" | "stopped" | "recorded" | "done"} State */

const MOST_LINES = 2000;
const MOST_CHARACTERS = 200_000;
const READ_ALOUD = 40; // lines; a screen reader would be busy for minutes with more
const CUT = "The output is longer than 2,000 lines or 200 KB. The rest is not shown; the program goes on.";

export class Output {
  /** @type {Chunk[]} */
  chunks = [];
  lines = 0;
  characters = 0;
  drawn = 0; // chunks that are on the page
  frame = 0;
  cut = false;

  /** @param {string} label */
  constructor(label) {
    this.element = make("div", {
      class: "listing-output", role: "log", tabindex: "0", "aria-label": label, hidden: "",
    });
    this.note = make("p", { class: "listing-cut", hidden: "" }, CUT);
  }

  clear() {
    cancelAnimationFrame(this.frame);
    this.chunks = [];
    this.lines = this.characters = this.drawn = this.frame = 0;
    this.cut = false;
    this.note.hidden = true;
    this.element.replaceChildren();
    this.element.ariaLive = "polite";
  }

  /** @param {State} state */
  set state(state) {
    this.element.hidden = false;
    this.element.dataset.state = state;
  }

  get state() {
    return /** @type {State} */ (this.element.dataset.state);
  }

  /** @param {Chunk} chunk */
  write(chunk) {
    if (this.cut) return;
    const text = this.fitting(chunk.text);
    this.cut = text.length < chunk.text.length;
    if (text) this.chunks.push({ stream: chunk.stream, text });
    this.frame ||= requestAnimationFrame(() => this.draw());
  }

  /**
   * As much of `text` as there is room for.
   *
   * @param {string} text
   */
  fitting(text) {
    const room = Math.min(text.length, MOST_CHARACTERS - this.characters);
    let end = 0;
    while (end < room && this.lines < MOST_LINES) {
      const newline = text.indexOf("\n", end);
      end = newline < 0 || newline >= room ? room : newline + 1;
      if (text[end - 1] === "\n") this.lines += 1;
    }
    this.characters += end;
    return text.slice(0, end);
  }

  draw() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.lines > READ_ALOUD) this.element.ariaLive = "off";
    const fresh = this.chunks.slice(this.drawn).map(({ stream, text }) =>
      stream === "stderr" ? make("span", { class: "listing-stderr" }, text) : text,
    );
    this.drawn = this.chunks.length;
    this.element.append(...fresh);
    this.note.hidden = !this.cut;
  }

  /**
   * What was printed, to compare: of SQL all that psql says, of programs standard output alone.
   *
   * @param {string} language
   */
  printed(language) {
    return this.chunks
      .filter(({ stream }) => stream === "stdout" || language === "sql")
      .map(({ text }) => text)
      .join("");
  }
}
