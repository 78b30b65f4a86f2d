/**
 * The entry on every page: a toolbar for each listing that runs or replays. All else of the
 * playground is fetched when the reader shows intent, so a page that is only read stays small.
 */

import { badge } from "./badge.js";
import { button, make } from "./dom.js";
import { HAS_RUN, editKey, recall } from "./store.js";

/** @import { ListingData } from "./types.js" */
/** @typedef {"run" | "edit" | "whole" | "prepare"} Action */

const ABOUT = new URL("../../about/verified/", import.meta.url);
const RUNNABLE = 'figure.listing:is([data-runs="tab"], [data-runs="recorded"])';
const DWELL = 100; // milliseconds: a pointer on its way elsewhere is no intent
// Not "press again": a browser remembers for the page's life that a module could not be had.
const FAILED = "The playground did not load. Check the network, then reload the page.";
const thrifty = /** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection?.saveData;

/** @type {Map<string, ListingData>} */
const carried = new Map();
for (const script of document.querySelectorAll("script.listing-data")) {
  const data = JSON.parse(script.textContent ?? "");
  carried.set(data.module, data);
}

/** @type {HTMLElement[]} */
const figures = [...document.querySelectorAll(RUNNABLE)].flatMap((figure) =>
  figure instanceof HTMLElement && carried.has(figure.dataset.module ?? "") ? [figure] : [],
);

/** @param {HTMLElement} figure */
function dataOf(figure) {
  return /** @type {ListingData} */ (carried.get(figure.dataset.module ?? ""));
}

/**
 * Fetch the modules of ours that a listing imports: a page that is only read is spared them.
 *
 * @param {ListingData} data
 */
async function complete(data) {
  if (!data.imports) return;
  const { from, paths } = data.imports;
  const response = await fetch(new URL(`../${from}`, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} for ${from}`);
  const texts = await response.json();
  for (const path of paths) data.files[path] = texts[path];
  delete data.imports;
}

/**
 * @param {HTMLElement} figure
 * @param {Action} action
 */
async function act(figure, action) {
  try {
    const data = dataOf(figure);
    const [{ open }] = await Promise.all([import("./main.js"), complete(data)]);
    await open(figure, data)[action]();
  } catch (problem) {
    if (action === "prepare") return; // nobody asked for it
    console.info(problem);
    const said = figure.querySelector(".listing-said");
    if (said) said.textContent = FAILED;
  }
}

/** @param {HTMLElement} figure */
function addToolbar(figure) {
  const { module = "", section = "", runs, why } = figure.dataset;
  const runnable = runs === "tab";
  const edited = recall(editKey(module, section)) !== null;
  const bar = make("div", { class: "listing-bar", role: "group", "aria-label": `Listing ${section}` });
  bar.append(button(runnable ? "Run" : "Replay", "listing-run", () => act(figure, "run")));
  if (runnable) {
    bar.append(button(edited ? "Open my edit" : "Edit", "listing-edit", () => act(figure, "edit")));
  }
  bar.append(button("Whole module", "listing-whole", () => act(figure, "whole")));
  const said = make("span", { class: "listing-said", role: "status" });
  const status = make("p", { class: "listing-status" }, said);
  if (edited) said.textContent = "Your edit of this listing is kept in this browser.";
  const note = badge(dataOf(figure), runnable ? undefined : (why ?? ""), ABOUT);
  figure.querySelector("pre")?.after(bar, status, note);
  if (runnable) listen(bar, () => void act(figure, "prepare"));
}

/**
 * Call `prepare` at the first sign that the reader is about to run something.
 *
 * @param {HTMLElement} bar
 * @param {() => void} prepare
 */
function listen(bar, prepare) {
  if (thrifty) return;
  let dwelling = 0;
  bar.addEventListener("pointerenter", () => (dwelling = window.setTimeout(prepare, DWELL)));
  bar.addEventListener("pointerleave", () => window.clearTimeout(dwelling));
  bar.addEventListener("focusin", prepare, { once: true });
}

/** Show the edit that a link brought. It never runs by itself. */
async function openLink() {
  if (!location.hash.startsWith("#edit=")) return;
  const completed = [...carried.values()].map(complete);
  const [{ openShared }] = await Promise.all([import("./main.js"), ...completed]);
  await openShared(location.hash.slice("#edit=".length), figures, dataOf);
}

figures.forEach(addToolbar);
void openLink();
addEventListener("hashchange", () => void openLink());
const first = figures.find((figure) => figure.dataset.runs === "tab");
if (first && recall(HAS_RUN) && !thrifty && window.requestIdleCallback) {
  window.requestIdleCallback(() => void act(first, "prepare"), { timeout: 10_000 });
}
