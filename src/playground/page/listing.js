/** A listing on the page: its buttons, its status, its output, and what happens on each press. */

import { button, make } from "./dom.js";
import { Draft } from "./draft.js";
import { Editing } from "./editing.js";
import { machine } from "./machine.js";
import { offerOffline } from "./offline.js";
import { Output } from "./output.js";
import { Replay } from "./replaying.js";
import { bringBack } from "./returning.js";
import { Run } from "./running.js";
import * as together from "./together.js";
import { HAS_RUN, remember } from "./store.js";
import { Tools } from "./tools.js";

/** @import { ListingData } from "./types.js" */

export class Listing {
  /**
   * @param {HTMLElement} figure  with the toolbar that the loader has put in
   * @param {ListingData} data
   */
  constructor(figure, data) {
    this.figure = figure;
    this.data = data;
    this.runnable = figure.dataset.runs === "tab";
    this.draft = new Draft(data, figure.dataset.section ?? "");
    this.runButton = this.find(".listing-run");
    this.said = this.find(".listing-said");
    this.amount = make("span", { class: "listing-amount" });
    this.notice = make("div", { class: "listing-notice", hidden: "" });
    this.output = new Output(`Output of ${data.path}`);
    this.after = make("div", { class: "listing-after" });
    this.stopButton = button("Stop", "listing-stop", () => this.running?.halt());
    this.stopButton.hidden = true;
    /** @type {Run | Replay | null} */
    this.running = null;
    this.restored = false;
    /** @type {Listing[]} the other blocks of this module on the page */
    this.others = [];
    this.together = together.line();
    this.say = this.say.bind(this);
    this.offer = this.offer.bind(this);
    this.editing = new Editing(this);
    this.tools = new Tools(this);
    this.place();
  }

  place() {
    this.runButton.after(this.stopButton);
    this.said.after(" ", this.amount);
    const { element, note } = this.output;
    this.find(".listing-status").after(this.together, this.notice, element, note, this.after, this.tools.element);
  }

  /** @param {Listing[]} others  the other blocks of this module on the page */
  join(others) {
    this.others = others;
    this.draft.others = others.map(({ draft }) => draft);
  }

  /** @param {string} selector */
  find(selector) {
    return /** @type {HTMLElement} */ (this.figure.querySelector(selector));
  }

  /**
   * Say what is happening. A screen reader reads `text`, and not each change of `amount`.
   *
   * @param {string} text
   * @param {string} [amount]
   */
  say(text, amount = "") {
    if (this.said.textContent !== text) this.said.textContent = text;
    this.amount.textContent = amount;
  }

  /**
   * Offer something beside the status, in place of what was offered before.
   *
   * @param {...(Node | string)} content
   */
  offer(...content) {
    this.notice.replaceChildren(...content);
    this.notice.hidden = content.length === 0;
  }

  /** Fetch and start what a run will need. */
  async prepare() {
    const { runtime, supported } = await machine();
    const { language, path, files, needs } = this.data;
    if (!supported()) await runtime.prepare({ language, path, files, needs, keep: false });
  }

  async run() {
    if (this.running) return;
    if (this.runnable) await this.restore();
    if (this.running) return; // pressed twice
    this.running = this.runnable ? new Run(this) : new Replay(this);
    this.output.clear();
    this.output.state = "running";
    this.after.replaceChildren();
    this.runButton.ariaDisabled = "true";
    this.stopButton.hidden = false;
    await this.running.start();
  }

  /**
   * @param {Run | Replay} run  what has ended; a late word of one that was left counts no more
   */
  ended(run) {
    if (run !== this.running) return;
    this.running = null;
    this.runButton.ariaDisabled = null;
    if (document.activeElement === this.stopButton) this.runButton.focus();
    this.stopButton.hidden = true;
    this.stopButton.textContent = "Stop";
    if (run instanceof Replay || run.loading || this.output.state === "recorded") return;
    this.tools.show();
    remember(HAS_RUN, "yes");
    void offerOffline((text) => this.tools.remark(text));
  }

  async edit() {
    await this.restore();
    const holder = this.others.find(({ draft }) => draft.whole);
    if (holder) await together.turn(holder);
    if (holder?.draft.whole) return together.show(holder); // lines outside of all blocks have changed
    await this.editing.open();
    this.editing.editor?.focus();
  }

  async whole() {
    if (this.runnable) await this.restore();
    await together.turn(this);
  }

  /** Bring back the edits of the module that this browser has kept, the first time they are needed. */
  async restore() {
    const wholeFirst = (/** @type {Listing} */ { draft }) => (draft.kept()?.edit.whole ? 0 : 1);
    const all = [this, ...this.others].sort((one, other) => wholeFirst(one) - wholeFirst(other));
    for (const one of all) {
      const { holder } = one.draft;
      if (one.restored || (holder && holder !== one.draft)) continue;
      one.restored = true;
      await bringBack(one);
    }
  }
}
