/** The badge: what a listing was verified on, in a line that unfolds. Made by tests, not by hand. */

import { make } from "./dom.js";

/** @import { ListingData } from "./types.js" */

const NAMES = new Map([
  ["python", "CPython"],
  ["postgresql", "PostgreSQL"],
  ["valkey", "Valkey"],
  ["redis", "Redis"],
  ["javascript", "Node"],
  ["typescript", "Node"],
]);

/** @param {ListingData["verified"]} verified */
export function versions(verified) {
  const order = [...NAMES.keys()];
  return Object.entries(verified ?? {})
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([name, version]) => `${NAMES.get(name) ?? name} ${version}`)
    .join(", ");
}

/**
 * @param {ListingData} data
 * @param {string | undefined} why  why a tab cannot run it
 * @param {URL} about  the page that says how the book is verified
 */
export function badge(data, why, about) {
  const where = why === undefined ? "runs in this tab" : "recorded";
  const on = data.verified ? `Verified on ${versions(data.verified)}` : "Not verified yet";
  const link = make("a", { href: about.href }, "How the book is verified");
  const text = `${meaning(data.verified !== null)} ${place(why)} `;
  return make(
    "details",
    { class: "listing-badge" },
    make("summary", {}, `${on} · ${where}`),
    make("p", {}, text, link),
  );
}

/** @param {boolean} verified */
function meaning(verified) {
  return verified
    ? "The tests ran this code as it stands here, on these versions, before the page was built."
    : "The tests have not run this version of the code yet.";
}

/** @param {string | undefined} why */
function place(why) {
  return why === undefined
    ? "Run starts the same code in this tab, and compares what it prints."
    : `A browser tab cannot run it: ${why}. Replay shows what the tests recorded.`;
}
