/** An error as the reader needs it: what it says, in which of the reader's lines, what it means. */

import { button, make } from "./dom.js";
import { explain } from "./explain.js";

/** @import { Draft } from "./draft.js" */
/** @import { Mistake } from "./types.js" */

/**
 * @param {Mistake} mistake
 * @param {Draft} draft  what was run
 * @param {(line: number) => void} [goTo]  moves the editor to a line, if one is open
 */
export function errorView(mistake, draft, goTo) {
  const title = make("p", { class: "listing-error-title" }, make("strong", {}, mistake.type));
  if (mistake.message) title.append(": ", make("span", {}, mistake.message));
  const view = make("div", { class: "listing-error" }, title);
  const places = ownLines(mistake, draft, goTo);
  if (places.childElementCount) view.append(places);
  const meaning = draft.data.language === "python" ? explain(mistake) : null; // JavaScript they know
  if (meaning) view.append(make("p", { class: "listing-meaning" }, meaning));
  if (mistake.text) view.append(full(mistake.text));
  return view;
}

/**
 * The lines of ours that led to the error, outermost first.
 *
 * @param {Mistake} mistake
 * @param {Draft} draft
 * @param {((line: number) => void) | undefined} goTo
 */
function ownLines(mistake, draft, goTo) {
  const list = make("ol", { class: "listing-trace" });
  for (const { path, line, text } of mistake.trace) {
    if (!(path in draft.data.files)) continue;
    const code = text ?? draft.files[path]?.split("\n")[line - 1] ?? "";
    list.append(make("li", {}, place(path, line, draft, goTo), " ", make("code", {}, code.trim())));
  }
  return list;
}

/**
 * @param {string} path
 * @param {number} line
 * @param {Draft} draft
 * @param {((line: number) => void) | undefined} goTo
 */
function place(path, line, draft, goTo) {
  if (path !== draft.data.path) return `${path}, line ${line}`;
  const visible = draft.visible(line);
  if (visible === null) return "Outside of the part shown";
  if (!goTo) return `Line ${visible}`;
  return button(`Line ${visible}`, "listing-link", () => goTo(visible));
}

/** @param {string} text */
function full(text) {
  return make(
    "details",
    { class: "listing-traceback" },
    make("summary", {}, "The whole message"),
    make("pre", { tabindex: "0" }, text),
  );
}
