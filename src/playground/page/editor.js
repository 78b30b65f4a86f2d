/** The editor, CodeMirror 6: a bundle of its own, fetched when somebody edits. */

import { closeBrackets } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { highlighting, theme } from "./editor_theme.js";

/**
 * @typedef {object} EditorOptions
 * @property {HTMLElement} parent
 * @property {string} text
 * @property {string} language
 * @property {string} label  its accessible name
 * @property {string} hint  the id of the element that says how to leave it
 * @property {boolean} readOnly
 * @property {(text: string) => void} changed
 * @property {() => void} run
 * @property {() => void} leaving  Escape was pressed: Tab now leaves
 */

/**
 * Each grammar is fetched when a listing in its language is edited.
 *
 * @param {string} language
 */
async function grammar(language) {
  if (language === "python") {
    const { python } = await import("@codemirror/lang-python");
    return [python(), indentUnit.of("    ")];
  }
  if (language === "sql") {
    const { PostgreSQL, sql } = await import("@codemirror/lang-sql");
    return [sql({ dialect: PostgreSQL })];
  }
  const { javascript } = await import("@codemirror/lang-javascript");
  return [javascript({ typescript: language === "typescript" })];
}

/** @param {EditorOptions} options */
function keys({ run, leaving }) {
  /** @param {EditorView} view */
  const letTabLeave = (view) => {
    view.setTabFocusMode(true); // until the next change or the loss of focus
    leaving();
    return true;
  };
  const ours = [
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Escape", run: letTabLeave },
  ];
  return [Prec.highest(keymap.of(ours)), keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab])];
}

/** @param {EditorOptions} options */
async function extensions(options) {
  const { language, label, hint, readOnly, changed } = options;
  return [
    lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
    await grammar(language), keys(options), theme, syntaxHighlighting(highlighting),
    EditorState.tabSize.of(4),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": hint, tabindex: "0" }),
    EditorView.domEventHandlers({ blur: (_, view) => view.setTabFocusMode(false) }),
    EditorView.updateListener.of(({ docChanged, view }) => {
      if (!docChanged) return;
      view.setTabFocusMode(false);
      changed(view.state.doc.toString());
    }),
  ];
}

/** @param {EditorOptions} options */
export async function createEditor(options) {
  const { parent, text } = options;
  const chosen = await extensions(options);
  const view = new EditorView({ parent, doc: text, extensions: chosen });
  return {
    view,
    focus: () => view.focus(),
    destroy: () => view.destroy(),
    /** @param {string} doc  another text, whose history does not lead back to the one before */
    begin(doc) {
      view.setState(EditorState.create({ doc, extensions: chosen }));
    },
    /** @param {string} insert  the same text, changed: Ctrl-Z takes it back */
    replace(insert) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
    },
    /** @param {number} line */
    goTo(line) {
      const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
  };
}
