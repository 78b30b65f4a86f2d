/**
 * What a reader has made of a listing: the section or the whole module, as it stands now. Blocks of
 * one module are one program: it has the edits of them all, or one of them holds it as a whole.
 */

import { digest } from "./digest.js";
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
    /** @type {Draft[]} of the other blocks of this module on the page */
    this.others = [];
  }

  /** @returns {Draft[]} */
  get all() {
    return [this, ...this.others];
  }

  /** The draft that is the whole module, if one is. */
  get holder() {
    return this.all.find(({ whole }) => whole);
  }

  /** Whether what runs is not the book's: this block or another one has been changed. */
  get edited() {
    return this.all.some(({ changed }) => changed);
  }

  /** The changed sections, by name. */
  get texts() {
    const changed = this.all.filter((one) => one.changed);
    return Object.fromEntries(changed.map(({ section, text }) => [section, text]));
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

  /** The files to run: as they are in the book, or with what the reader has made of them. */
  get files() {
    const { files, path } = this.data;
    return this.edited ? { ...files, [path]: `${this.module}\n` } : files;
  }

  /** The whole module as the reader has it. */
  get module() {
    return this.holder?.text ?? this.program.withSections(this.texts);
  }

  /**
   * Make this block hold the whole module, or give each block its section again if that is possible.
   *
   * @returns {boolean} whether it was
   */
  turn() {
    if (!this.whole) {
      const text = this.module;
      for (const other of this.others) other.forget();
      this.take({ whole: true, text });
      return true;
    }
    const parts = this.program.parts(this.all.map(({ section }) => section), this.text);
    if (!parts) return false;
    for (const one of this.all) one.take({ whole: false, text: parts[one.section] ?? "" });
    return true;
  }

  /**
   * The line as numbered in what the reader sees, for a line of the file that ran; null if it
   * lies outside of it.
   *
   * @param {number} line  from 1
   */
  visible(line) {
    const index = this.edited ? line - 1 : this.program.numbers.indexOf(line);
    if (index < 0) return null;
    if (this.whole) return index + 1;
    if (this.holder?.changed) return null;
    const start = this.program.startWith(this.section, this.texts);
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
