/** Edits that come back: from this browser's storage, or with a link. None of them runs by itself. */

import { button } from "./dom.js";
import { putOthersAway } from "./together.js";

/** @import { Listing } from "./listing.js" */
/** @import { Shared } from "./share.js" */
/** @import { Edit } from "./types.js" */

const FROM_LINK = "These edits came with the link. Read them before you run them.";

/**
 * Bring back the edit that this browser has kept.
 *
 * @param {Listing} listing
 */
export async function bringBack({ draft, editing, offer, say }) {
  const kept = draft.kept();
  if (!kept) return;
  if (kept.fits) return editing.show(kept.edit, "Your edit, as you left it.");
  say("This listing has changed since you edited it.");
  const show = () => void editing.show(kept.edit, "Your old edit, in the new listing.");
  const forget = () => {
    draft.save();
    offer();
    say("Your old edit is forgotten.");
  };
  offer(button("Show my old edit", "listing-link", show), button("Forget it", "listing-link", forget));
}

/**
 * Show the edit of a link; the reader's own stays kept until it is typed over.
 *
 * @param {Listing} listing
 * @param {Shared} shared
 */
export async function showShared(listing, shared) {
  const { draft, editing, offer, say } = listing;
  const mine = listing.restored && draft.changed ? draft.edit : draft.kept()?.edit;
  listing.restored = true;
  if (shared.whole) putOthersAway(listing);
  draft.take(shared);
  await editing.open();
  say(FROM_LINK + (draft.fits(shared, shared.of) ? "" : " The listing has changed since."));
  const back = () => void editing.show(/** @type {Edit} */ (mine), "Your own edit is back.");
  offer(...(mine ? [button("Back to my own edit", "listing-link", back)] : []));
}
