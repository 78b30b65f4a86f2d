/** The editor in the colours and the measures of the book's own listings, light and dark. */

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** @param {string} name */
const colour = (name) => `var(--md-code-hl-${name}-color)`;

export const theme = EditorView.theme({
  "&": { backgroundColor: "var(--md-code-bg-color)", color: "var(--md-code-fg-color)" },
  ".cm-scroller": { fontFamily: "var(--md-code-font-family)", lineHeight: "1.4" },
  ".cm-content": { padding: "0.7720588235em 0", caretColor: "var(--md-code-fg-color)" },
  ".cm-line": { padding: "0 1.1764705882em 0 0.6em" },
  ".cm-gutters": {
    backgroundColor: "var(--md-code-bg-color)",
    border: "none",
    color: "var(--md-default-fg-color--light)",
  },
  ".cm-cursor": { borderLeftColor: "var(--md-code-fg-color)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--md-code-hl-color--light)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--md-code-hl-color--light)",
  },
});

export const highlighting = HighlightStyle.define([
  { tag: [tags.comment, tags.docString], color: colour("comment") },
  { tag: [tags.string, tags.special(tags.string)], color: colour("string") },
  { tag: [tags.number], color: colour("number") },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: colour("keyword") },
  { tag: [tags.definitionKeyword, tags.moduleKeyword, tags.controlKeyword], color: colour("keyword") },
  { tag: [tags.bool, tags.null, tags.standard(tags.name), tags.self], color: colour("constant") },
  { tag: [tags.function(tags.definition(tags.variableName))], color: colour("function") },
  { tag: [tags.definition(tags.className), tags.className], color: colour("function") },
  { tag: [tags.typeName, tags.meta], color: colour("keyword") },
  { tag: [tags.operator, tags.derefOperator], color: colour("operator") },
  { tag: [tags.punctuation, tags.bracket], color: colour("punctuation") },
  { tag: [tags.propertyName, tags.variableName], color: colour("name") },
  { tag: [tags.special(tags.name), tags.escape, tags.regexp], color: colour("special") },
]);
