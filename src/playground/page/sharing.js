/** The Share button: a link to this page that holds the edit. Nothing is sent anywhere. */

import { make } from "./dom.js";
import { digest } from "./digest.js";
import { encode } from "./share.js";

/** @import { Draft } from "./draft.js" */
/** @import { Listing } from "./listing.js" */

const LONG = 8000; // characters; some programs cut what is longer

/** @param {Listing} listing */
export async function offerLink({ data, draft, offer, say }) {
  if (!draft.edited) return say("Nothing to share yet: this is the book's text.");
  if (!("CompressionStream" in window)) return say("This browser cannot make such links.");
  const code = await encode({ module: data.module, section: draft.section, ...shared(draft) });
  const link = new URL(`#edit=${code}`, location.href).href;
  const field = make("input", {
    class: "listing-shared", readonly: "", value: link, "aria-label": "Link to your edit",
  });
  offer(field);
  field.select();
  const length = link.length > LONG ? " It is long: some programs cut it." : "";
  const copied = await copy(link);
  say(`${copied ? "Link copied." : "Copy this link."} It holds your edit; nothing was sent.${length}`);
}

/** @param {Draft} draft  its own edit, or the whole module if other blocks are edited too */
function shared(draft) {
  if (!draft.others.some(({ changed }) => changed)) {
    return { ...draft.edit, of: digest(draft.original) };
  }
  return { whole: true, text: draft.module, of: digest(draft.program.whole) };
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // forbidden, or not a secure origin
  }
}
