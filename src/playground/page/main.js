/** What the loader fetches on intent: the listings of the page, opened one by one. */

import { make, unfold } from "./dom.js";
import { Listing } from "./listing.js";
import { showShared } from "./returning.js";
import { decode } from "./share.js";

/** @import { ListingData } from "./types.js" */

/** @type {WeakMap<HTMLElement, Listing>} */
const opened = new WeakMap();

/**
 * Open a listing, and with it the others of its module: they are blocks of one program.
 *
 * @param {HTMLElement} figure
 * @param {ListingData} data
 */
export function open(figure, data) {
  const found = opened.get(figure);
  if (found) return found;
  const listing = new Listing(figure, data);
  const blocks = listing.runnable ? blocksOf(data.module).filter((block) => block !== figure) : [];
  const all = [listing, ...blocks.map((block) => new Listing(block, data))];
  for (const one of all) {
    one.join(all.filter((other) => other !== one));
    opened.set(one.figure, one);
  }
  return listing;
}

/** @param {string} module  @returns {HTMLElement[]} the figures that show a part of it and can run it */
function blocksOf(module) {
  /** @type {NodeListOf<HTMLElement>} */
  const figures = document.querySelectorAll('figure.listing[data-runs="tab"]:has(.listing-run)');
  return [...figures].filter(({ dataset }) => dataset.module === module);
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
