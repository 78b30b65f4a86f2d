/** The blocks of a module on a page: they are one program, with the edits of them all. */

import { button, make, unfold } from "./dom.js";

/** @import { Listing } from "./listing.js" */

/**
 * From the section to the whole module, with the edits of all blocks in it, and back.
 *
 * @param {Listing} listing
 */
export async function turn({ draft, editing, offer, others, say }) {
  if (!draft.turn()) return say("You changed lines outside of this part, so the module stays open.");
  offer(); // Undo would bring the other state back
  await editing.open();
  if (editing.keep()) for (const other of others) await follow(other);
}

/** @param {Listing} listing  whose edit has gone into the whole module, or come out of it */
async function follow({ draft, editing }) {
  if (draft.changed) await editing.open();
  else editing.shut();
  editing.keep();
}

/** @param {Listing} listing  shows a whole module that stands for itself: the others' edits stay kept */
export function putOthersAway({ others }) {
  for (const other of others) {
    other.editing.save();
    other.restored = false;
    other.draft.forget();
    other.editing.shut();
  }
}

/** The line of a block that speaks of the others. */
export function line() {
  return make("p", { class: "listing-together", hidden: "" });
}

/** @param {Listing} listing  whose draft has changed, or was put away */
export function tell(listing) {
  for (const one of [listing, ...listing.others]) {
    const [edited, ...more] = one.others.filter(({ draft }) => draft.changed);
    one.together.hidden = !edited;
    if (!edited) continue;
    const said = words(edited, more.length);
    if (one.together.firstChild?.textContent === said) continue;
    one.together.replaceChildren(said, " ", button("Show it", "listing-link", () => show(edited)));
  }
}

/**
 * @param {Listing} edited
 * @param {number} more  how many others are edited too
 */
function words(edited, more) {
  if (edited.draft.whole) return "You edit the whole module in another block. It runs from here too.";
  return more
    ? "Your edits in other blocks of this module run too."
    : "Your edit in another block of this module runs too.";
}

/** @param {Listing} listing */
export function show({ figure, editing }) {
  unfold(figure);
  figure.scrollIntoView({ block: "nearest" });
  editing.editor?.focus();
}
