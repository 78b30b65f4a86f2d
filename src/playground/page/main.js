/** What the loader fetches on intent: the listings of the page, opened one by one. */

import { make } from "./dom.js";
import { Listing } from "./listing.js";
import { showShared } from "./returning.js";
import { decode } from "./share.js";

/** @import { ListingData } from "./types.js" */

/** @type {WeakMap<HTMLElement, Listing>} */
const opened = new WeakMap();

/**
 * @param {HTMLElement} figure
 * @param {ListingData} data
 */
export function open(figure, data) {
  const listing = opened.get(figure) ?? new Listing(figure, data);
  opened.set(figure, listing);
  return listing;
}

/**
 * Show the edit that a link brought, without running it.
 *
 * @param {string} code  what stands in the link
 * @param {HTMLElement[]} figures
 * @param {(figure: HTMLElement) => ListingData} dataOf
 */
export async function openShared(code, figures, dataOf) {
  const shared = await decode(code);
  const figure = figures.find(
    ({ dataset }) => dataset.module === shared?.module && dataset.section === shared?.section,
  );
  if (!shared) return complain("The edit in this link cannot be read: a part of the link is missing.");
  if (!figure || figure.dataset.runs !== "tab") {
    return complain("This link brings an edit of a listing that is not on this page any more.");
  }
  const listing = open(figure, dataOf(figure));
  unfold(figure);
  figure.scrollIntoView({ block: "start" });
  await showShared(listing, shared);
}

/** @param {string} text */
function complain(text) {
  document.querySelector(".listing-complaint")?.remove();
  const said = `${text} What you see is the book's own text.`;
  const notice = make("p", { class: "listing-complaint", role: "alert" }, said);
  const heading = document.querySelector("article h1");
  heading?.after(notice);
}

/**
 * Open the folded parts and the tabs that hide an element.
 *
 * @param {HTMLElement} figure
 */
function unfold(figure) {
  for (let part = figure.parentElement; part; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true;
    if (part.classList.contains("tabbed-block")) {
      const index = [...(part.parentElement?.children ?? [])].indexOf(part);
      const input = part.closest(".tabbed-set")?.querySelectorAll(":scope > input")[index];
      if (input instanceof HTMLInputElement) input.click();
    }
  }
}
