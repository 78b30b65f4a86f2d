/** A console: a log, a prompt, a history. Works with the keyboard alone. */

import { freshId, make } from "./dom.js";

/**
 * @typedef {object} ConsoleOptions
 * @property {string} name
 * @property {string} hint
 * @property {[string, string]} prompts  of a first line and of those that continue it
 * @property {(text: string) => boolean} isComplete
 * @property {(text: string) => Promise<string>} send
 */

const MOST_ENTRIES = 500;

export class Console {
  /** @param {ConsoleOptions} options */
  constructor(options) {
    this.options = options;
    /** @type {string[]} what was typed, oldest first */
    this.history = [];
    this.at = 0;
    /** @type {string[]} lines of a statement that is not complete yet */
    this.begun = [];
    const id = freshId();
    const label = `${options.name}: output`;
    this.log = make("div", { class: "listing-log", role: "log", tabindex: "0", "aria-label": label });
    this.prompt = make("label", { class: "listing-prompt", for: id }, options.prompts[0]);
    this.input = make("input", {
      id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      "aria-label": `${options.name}: type a command`, "aria-describedby": `${id}-hint`,
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    const line = make("div", { class: "listing-line" }, this.prompt, this.input);
    const hint = make("p", { class: "listing-hint", id: `${id}-hint` }, options.hint);
    const group = { class: "listing-console", role: "group", "aria-label": options.name };
    this.element = make("div", group, this.log, line, hint);
  }

  focus() {
    this.input.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") void this.enter();
    else if (event.key === "ArrowUp") this.recall(-1);
    else if (event.key === "ArrowDown") this.recall(1);
    else if (event.key === "Escape" && this.begun.length) this.drop();
    else return;
    event.preventDefault();
  }

  async enter() {
    const line = this.input.value;
    if (this.input.readOnly || (!line.trim() && !this.begun.length)) return;
    this.print(`${this.prompt.textContent} ${line}`, "listing-typed");
    if (line.trim()) this.history.push(line);
    this.at = this.history.length;
    this.begun.push(line);
    this.input.value = "";
    const text = this.begun.join("\n");
    const complete = this.options.isComplete(text);
    this.prompt.textContent = this.options.prompts[complete ? 0 : 1];
    if (!complete) return;
    this.begun = [];
    await this.answer(text);
  }

  /** @param {string} text */
  async answer(text) {
    this.input.readOnly = true; // not disabled: it would lose the focus
    try {
      this.print(await this.options.send(text), "listing-answer");
    } catch (problem) {
      this.print(problem instanceof Error ? problem.message : String(problem), "listing-answer");
    }
    this.input.readOnly = false;
  }

  /**
   * @param {string} text
   * @param {string} className
   */
  print(text, className) {
    if (text.trim()) this.log.append(make("div", { class: className }, text.replace(/\n+$/, "")));
    while (this.log.childElementCount > MOST_ENTRIES) this.log.firstElementChild?.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** @param {-1 | 1} step */
  recall(step) {
    this.at = Math.min(Math.max(this.at + step, 0), this.history.length);
    this.input.value = this.history[this.at] ?? "";
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  /** Forget the lines of a statement that is not complete. */
  drop() {
    this.begun = [];
    this.input.value = "";
    this.prompt.textContent = this.options.prompts[0];
    this.print("Dropped.", "listing-answer");
  }
}
