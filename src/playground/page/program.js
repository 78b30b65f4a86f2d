/**
 * A module as a reader sees it: without the lines that mark sections and the numbers of
 * annotations. A section is a stretch of its lines, without their common indentation.
 */

import { equal } from "./compare.js";

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

  /** @param {string[]} names  @returns {string[]} as they follow each other in the module */
  inOrder(names) {
    return [...names].sort((one, other) => this.stretch(one).start - this.stretch(other).start);
  }

  /**
   * The whole module with other texts in place of sections, indented as the sections were.
   *
   * @param {Record<string, string>} texts  by the section's name
   */
  withSections(texts) {
    const lines = [...this.lines];
    for (const name of this.inOrder(Object.keys(texts)).reverse()) {
      const { start, end, indent } = this.stretch(name);
      const text = (texts[name] ?? "").split("\n");
      lines.splice(start, end - start, ...text.map((line) => (line.trim() ? indent + line : line)));
    }
    return lines.join("\n");
  }

  /**
   * Where a section begins, from 0, in the module with other texts.
   *
   * @param {string} name
   * @param {Record<string, string>} texts  by the section's name
   */
  startWith(name, texts) {
    const own = this.stretch(name).start;
    return Object.entries(texts).reduce((total, [other, text]) => {
      const { start, end } = this.stretch(other);
      return start < own ? total + text.split("\n").length - (end - start) : total;
    }, own);
  }

  /**
   * The sections within an edited module, or null if lines outside of them have changed too.
   *
   * @param {string[]} names
   * @param {string} whole
   * @returns {Record<string, string> | null}
   */
  parts(names, whole) {
    const ordered = this.inOrder(names);
    const stretches = ordered.map((name) => this.stretch(name));
    const starts = [...stretches.map(({ start }) => start), this.lines.length];
    const gaps = starts.map((start, index) => this.lines.slice(stretches[index - 1]?.end ?? 0, start));
    const lengths = stretches.map(({ start, end }) => end - start);
    const found = between(whole.split("\n"), gaps, lengths);
    const fits = found?.every((lines, index) => {
      const indent = stretches[index]?.indent ?? "";
      return lines.every((line) => line.startsWith(indent) || !line.trim());
    });
    if (!found || !fits) return null;
    const texts = found.map((lines, index) => {
      const { length } = stretches[index]?.indent ?? "";
      return lines.map((line) => line.slice(length)).join("\n");
    });
    return Object.fromEntries(ordered.map((name, index) => [name, texts[index] ?? ""]));
  }
}

/**
 * What stands between gaps that follow each other; the first gap begins the lines, the last ends them.
 *
 * @param {string[]} lines
 * @param {string[][]} gaps
 * @param {number[]} likely  how many lines stand before each further gap, if they are as they were
 * @returns {string[][] | null}
 */
function between(lines, [gap = [], ...gaps], [likely = 0, ...others]) {
  if (!equal(lines.slice(0, gap.length), gap)) return null;
  const rest = lines.slice(gap.length);
  const [next] = gaps;
  if (!next) return rest.length ? null : [];
  const tried = gaps.length > 1 ? [likely, ...rest.keys()] : [rest.length - next.length];
  for (const length of tried.filter((one) => one >= 0)) {
    const found = between(rest.slice(length), gaps, others);
    if (found) return [rest.slice(0, length), ...found];
  }
  return null;
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
