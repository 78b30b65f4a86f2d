/** Editing a listing: the editor in place of the block, and the buttons that belong to it. */

import { button, freshId, make } from "./dom.js";
import { offerLink } from "./sharing.js";
import { putOthersAway, tell } from "./together.js";

/** @import { Listing } from "./listing.js" */
/** @import { Edit } from "./types.js" */

const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const HINT = `${APPLE ? "⌘" : "Ctrl"}-Enter runs. Escape, then Tab leaves the editor.`;
const READ_ONLY = "To read only: a tab cannot run it. Escape, then Tab leaves it.";
const FULL =
  "This browser keeps no edits for this site: its storage is full or forbidden." +
  " Share makes a link of your edit.";
const AFTER_A_PAUSE = 300; // milliseconds without a keystroke

export class Editing {
  /** @param {Listing} listing */
  constructor(listing) {
    this.listing = listing;
    /** @type {Awaited<ReturnType<typeof import("./editor.js").createEditor>> | null} */
    this.editor = null;
    this.block = listing.find("pre");
    this.editButton = listing.figure.querySelector(".listing-edit");
    this.wholeButton = listing.find(".listing-whole");
    this.closeButton = button("Close", "listing-close", () => this.close());
    const reset = button("Reset", "listing-reset", () => this.reset());
    const share = button("Share", "listing-share", () => offerLink(listing));
    this.own = listing.runnable ? [reset, share, this.closeButton] : [this.closeButton];
    const hint = listing.runnable ? HINT : READ_ONLY;
    this.hint = make("p", { class: "listing-hint", id: freshId() }, hint);
    this.frame = make("div", { class: "listing-editor" });
    this.timer = 0;
    this.unsaved = false;
    this.whole = false; // what the editor holds
    this.undoable = false; // Reset was pressed, and nothing typed since
    /** @type {((line: number) => void) | undefined} */
    this.goTo = undefined;
    addEventListener("pagehide", () => this.save());
  }

  /** Put the editor in place of the block, with the draft as it is. */
  async open() {
    const { data, draft, runnable, say } = this.listing;
    const { createEditor } = await import("./editor.js");
    if (this.editor) return this.update();
    const editor = await createEditor({
      parent: this.frame, text: draft.text, language: data.language, hint: this.hint.id,
      label: `Editor: ${data.path}`, readOnly: !runnable,
      changed: (text) => this.changed(text),
      run: () => void (runnable && this.listing.run()),
      leaving: () => say("Tab now leaves the editor."),
    });
    if (this.editor) return editor.destroy(); // pressed twice while it loaded
    this.editor = editor;
    this.goTo = editor.goTo;
    this.block.before(this.frame, this.hint);
    this.block.hidden = true;
    this.update();
  }

  /** Show the draft in the editor, and the buttons that fit it. */
  update() {
    const { draft } = this.listing;
    const { editor } = this;
    if (draft.whole !== this.whole) editor?.begin(draft.text);
    else if (editor?.view.state.doc.toString() !== draft.text) editor?.replace(draft.text);
    this.whole = draft.whole;
    this.wholeButton.textContent = draft.whole ? "Only this part" : "Whole module";
    if (this.editButton instanceof HTMLElement) {
      this.editButton.textContent = "Edit";
      this.editButton.hidden = editor !== null;
    }
    if (editor) this.wholeButton.after(...this.own);
    else this.own.forEach((one) => one.remove());
    this.closeButton.hidden = draft.changed;
    tell(this.listing);
  }

  close() {
    this.listing.draft.forget();
    this.shut();
    (this.editButton instanceof HTMLElement ? this.editButton : this.wholeButton).focus();
  }

  /** Put the block back in place of the editor, if that is open. */
  shut() {
    if (!this.editor) return;
    this.editor.destroy();
    this.editor = null;
    this.goTo = undefined;
    this.frame.remove();
    this.hint.remove();
    this.block.hidden = false;
    this.listing.offer();
    this.update();
  }

  /** @param {string} text */
  changed(text) {
    const { draft } = this.listing;
    if (text === draft.text) return;
    draft.text = text;
    if (this.undoable) this.listing.offer(); // Undo would undo this too
    this.undoable = false;
    this.closeButton.hidden = draft.changed;
    tell(this.listing);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), AFTER_A_PAUSE);
    this.unsaved = true;
  }

  /** @returns {boolean} whether the browser keeps it */
  save() {
    clearTimeout(this.timer);
    const kept = !this.unsaved || this.listing.draft.save();
    if (!kept) this.listing.say(FULL);
    this.unsaved = false;
    return kept;
  }

  /** Keep the draft as it is now. */
  keep() {
    this.unsaved = true;
    return this.save();
  }

  /** Go back to the book's text, and offer the way forward again. */
  reset() {
    const { draft, offer, say } = this.listing;
    const before = draft.edit;
    if (!draft.changed) return say("This is the book's text.");
    this.set({ whole: draft.whole, text: draft.original });
    say("Back to the book's text.");
    offer(button("Undo", "listing-link", () => void this.show(before, "Your edit is back.")));
    this.undoable = true;
  }

  /** @param {Edit} edit */
  set(edit) {
    if (edit.whole) putOthersAway(this.listing);
    this.listing.draft.take(edit);
    this.update();
    this.keep();
  }

  /**
   * @param {Edit} edit
   * @param {string} said
   */
  async show(edit, said) {
    this.listing.say(said);
    this.listing.offer();
    this.set(edit);
    await this.open();
  }
}
