/** What a reader has made of a listing: the section or the whole module, as it stands now. */

import { Program } from "./program.js";
import { editKey, recall, remember } from "./store.js";

/** @import { Edit, ListingData } from "./types.js" */

export class Draft {
  /**
   * @param {ListingData} data
   * @param {string} section
   */
  constructor(data, section) {
    this.data = data;
    this.section = section;
    this.program = new Program(data);
    this.key = editKey(data.module, section);
    this.whole = false;
    this.text = this.original;
  }

  /** What the book has in place of `text`. */
  get original() {
    return this.whole ? this.program.whole : this.program.section(this.section);
  }

  get changed() {
    return this.text !== this.original;
  }

  /** @type {Edit} */
  get edit() {
    return { whole: this.whole, text: this.text };
  }

  /** @param {Edit} edit */
  take(edit) {
    this.whole = edit.whole;
    this.text = edit.text;
  }

  /** Go back to the section as the book has it. */
  forget() {
    this.whole = false;
    this.text = this.original;
  }

  /** The files to run: as they are in the book, or with the reader's text in its place. */
  get files() {
    const { files, path } = this.data;
    return this.changed ? { ...files, [path]: `${this.module}\n` } : files;
  }

  /** The whole module as the reader has it. */
  get module() {
    return this.whole ? this.text : this.program.withSection(this.section, this.text);
  }

  /** Show the whole module, or only the section. Returns whether that was possible. */
  turn() {
    if (!this.whole) this.take({ whole: true, text: this.module });
    else {
      const text = this.program.cut(this.section, this.text);
      if (text === null) return false;
      this.take({ whole: false, text });
    }
    return true;
  }

  /**
   * The line as numbered in what the reader sees, for a line of the file that ran; null if it
   * lies outside of it.
   *
   * @param {number} line  from 1
   */
  visible(line) {
    const index = this.changed ? line - 1 : this.program.numbers.indexOf(line);
    if (index < 0) return null;
    if (this.whole) return index + 1;
    const { start } = this.program.stretch(this.section);
    const length = this.text.split("\n").length;
    return index >= start && index < start + length ? index - start + 1 : null;
  }

  /** Keep the edit, or forget it if there is none. Returns false if the browser refuses. */
  save() {
    const kept = { ...this.edit, of: digest(this.original) };
    return remember(this.key, this.changed ? JSON.stringify(kept) : null);
  }

  /** The kept edit, and whether it was made on the listing as it is now. */
  kept() {
    try {
      const { whole, text, of } = JSON.parse(recall(this.key) ?? "null");
      if (typeof text !== "string") return null;
      const edit = { whole: whole === true, text };
      return { edit, fits: this.fits(edit, of) };
    } catch {
      return null; // nothing is kept, or something else wrote there
    }
  }

  /**
   * @param {Edit} edit
   * @param {unknown} of  the digest of the text it was made on
   */
  fits(edit, of) {
    const original = edit.whole ? this.program.whole : this.program.section(this.section);
    return digest(original) === of;
  }
}

/**
 * A short name for a text (FNV-1a): enough to see that a listing has changed.
 *
 * @param {string} text
 */
export function digest(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return `${text.length.toString(36)}-${hash.toString(36)}`;
}
