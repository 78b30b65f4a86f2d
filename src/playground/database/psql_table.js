/** Tables as psql draws them with its default settings (src/fe_utils/print.c, border 1). */

import { lines } from "./psql_width.js";

/**
 * @typedef {object} Table
 * @property {{name: string, right: boolean}[]} columns  right: numbers are aligned to the right
 * @property {string[][]} rows
 * @property {string} [title]
 * @property {string[]} [footers]  instead of the count of rows
 */

/** @typedef {{text: string, width: number}[]} Cell  its lines */

/** @param {Table} table @param {boolean} [expanded] @returns {string} */
export function draw(table, expanded = false) {
  return expanded ? drawRecords(table) : drawTable(table);
}

/** @param {number} count */
function countOf(count) {
  return `(${count} ${count === 1 ? "row" : "rows"})`;
}

/** @param {Table} table */
function drawTable({ columns, rows, title, footers }) {
  const heads = columns.map(({ name }) => lines(name));
  const cells = rows.map((row) => row.map(lines));
  const widths = columns.map((_, i) => widest([heads, ...cells].map((row) => row[i] ?? [])));
  const total = widths.reduce((sum, width) => sum + width + 3, -1);
  const text = [];
  if (title) text.push(" ".repeat(Math.max(0, (total - title.length) >> 1)) + title);
  text.push(...drawHeads(heads, widths));
  text.push(widths.map((width) => "-".repeat(width + 2)).join("+") || "--");
  for (const row of cells) text.push(...drawRow(row, columns, widths));
  text.push(...(footers ?? [countOf(rows.length)]));
  return `${text.join("\n")}\n\n`;
}

/** @param {Cell[]} cells */
function widest(cells) {
  return Math.max(0, ...cells.flat().map(({ width }) => width));
}

/** @param {Cell[]} heads @param {number[]} widths */
function drawHeads(heads, widths) {
  const height = Math.max(0, ...heads.map((head) => head.length));
  return range(height).map((at) =>
    heads
      .map((head, i) => {
        const { text, width } = head[at] ?? { text: "", width: 0 };
        const left = ((widths[i] ?? 0) - width) >> 1;
        const right = (widths[i] ?? 0) - width - left;
        return ` ${" ".repeat(left)}${text}${" ".repeat(right)}${head[at + 1] ? "+" : " "}`;
      })
      .join("|"),
  );
}

/** @param {Cell[]} cells @param {Table["columns"]} columns @param {number[]} widths */
function drawRow(cells, columns, widths) {
  const height = Math.max(1, ...cells.map((cell) => cell.length));
  if (cells.length === 0) return [];
  return range(height).map((at) =>
    cells
      .map((cell, i) => {
        const last = i === cells.length - 1;
        const line = cell[at];
        const space = " ".repeat((widths[i] ?? 0) - (line?.width ?? 0));
        const more = cell[at + 1] ? "+" : last ? "" : " ";
        if (!line) return ` ${last ? "" : space}${more}`;
        if (columns[i]?.right) return ` ${space}${line.text}${more}`;
        return ` ${line.text}${last && more === "" ? "" : space}${more}`;
      })
      .join("|"),
  );
}

/** @param {number} count */
function range(count) {
  return Array.from({ length: count }, (_, i) => i);
}

/** One value to a line, as after \x. @param {Table} table */
function drawRecords({ columns, rows, title, footers }) {
  const text = title ? [title] : [];
  if (rows.length === 0) return [...text, ...(footers ?? [countOf(0)])].join("\n") + "\n\n";
  const heads = columns.map(({ name }) => lines(name));
  const cells = rows.map((row) => row.map(lines));
  const left = widest(heads);
  // At least as wide as the line above a record; a sign for "goes on below" takes one more.
  const marks = cells.flat().some((cell) => cell.length > 1) ? 4 : 3;
  const right = Math.max(widest(cells.flat()), 12 + String(rows.length).length - left - marks);
  cells.forEach((row, number) => {
    text.push(rule(number + 1, left, right));
    row.forEach((cell, i) => text.push(...drawField(heads[i] ?? [], cell, left, right)));
  });
  return [...text, ...(footers ?? [])].join("\n") + "\n\n";
}

/** @param {number} number @param {number} left @param {number} right  widths */
function rule(number, left, right) {
  const name = `-[ RECORD ${number} ]`;
  const line = [..."-".repeat(left + 1), "+", ..."-".repeat(right + 1)].join("");
  return name + line.slice(name.length);
}

/** @param {Cell} head @param {Cell} cell @param {number} left @param {number} right  widths */
function drawField(head, cell, left, right) {
  return range(Math.max(head.length, cell.length)).map((at) => {
    const [name, value] = [head[at], cell[at]];
    const pad = " ".repeat(left - (name?.width ?? 0));
    const end = cell[at + 1] ? `${" ".repeat(right - (value?.width ?? 0))}+` : "";
    return `${name?.text ?? ""}${pad}${head[at + 1] ? "+" : " "}| ${value?.text ?? ""}${end}`;
  });
}
