/**
 * A module as a reader sees it: without the lines that mark sections and the numbers of
 * annotations. A section is a stretch of its lines, without their common indentation.
 */

/** @import { ListingData } from "./types.js" */

const MARK = /^\s*(?:#|\/\/|--)\s*-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:/;
const ANNOTATION = /[ \t]*(?:#|\/\/|--) \(\d+\)!/g;

export class Program {
  /** @param {ListingData} data */
  constructor(data) {
    /** @type {string[]} */
    this.lines = [];
    /** @type {number[]} the number in the file of each line shown */
    this.numbers = [];
    this.sections = data.sections;
    const file = data.files[data.path] ?? "";
    file.replace(/\n$/, "").split("\n").forEach((line, index) => {
      if (MARK.test(line)) return;
      this.lines.push(line.replaceAll(ANNOTATION, ""));
      this.numbers.push(index + 1);
    });
  }

  get whole() {
    return this.lines.join("\n");
  }

  /**
   * The stretch of lines of a section: from `start` up to but not including `end`, from 0.
   *
   * @param {string} name
   */
  stretch(name) {
    const spans = this.sections[name] ?? [];
    const first = spans[0]?.[0] ?? 1;
    const last = spans.at(-1)?.[1] ?? this.numbers.at(-1) ?? 1;
    const start = this.numbers.findIndex((number) => number >= first);
    const after = this.numbers.findIndex((number) => number > last);
    const end = after < 0 ? this.lines.length : after;
    return { start, end, indent: indentation(this.lines.slice(start, end)) };
  }

  /** @param {string} name */
  section(name) {
    const { start, end, indent } = this.stretch(name);
    return this.lines
      .slice(start, end)
      .map((line) => line.slice(indent.length))
      .join("\n");
  }

  /**
   * The whole module with `text` in place of a section, indented as the section was.
   *
   * @param {string} name
   * @param {string} text
   */
  withSection(name, text) {
    const { start, end, indent } = this.stretch(name);
    const inside = text.split("\n").map((line) => (line.trim() ? indent + line : line));
    return [...this.lines.slice(0, start), ...inside, ...this.lines.slice(end)].join("\n");
  }

  /**
   * The section within an edited module, or null if lines around it have changed too.
   *
   * @param {string} name
   * @param {string} whole
   */
  cut(name, whole) {
    const { start, end, indent } = this.stretch(name);
    const lines = whole.split("\n");
    const behind = this.lines.length - end;
    const inside = lines.slice(start, lines.length - behind);
    const fits = inside.every((line) => line.startsWith(indent) || !line.trim());
    const before = equal(lines.slice(0, start), this.lines.slice(0, start));
    const after = equal(lines.slice(lines.length - behind), this.lines.slice(end));
    if (!fits || !before || !after || lines.length < start + behind) return null;
    return inside.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : "")).join("\n");
  }
}

/** @param {string[]} lines */
function indentation(lines) {
  const indents = lines.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)?.[0] ?? "");
  return indents.reduce((common, one) => {
    let length = 0;
    while (length < common.length && common[length] === one[length]) length += 1;
    return common.slice(0, length);
  }, indents[0] ?? "");
}

/**
 * @param {string[]} one
 * @param {string[]} other
 */
function equal(one, other) {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
