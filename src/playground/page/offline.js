/** After a first run: keep what was fetched, so that the page works without a network. */

import { machine } from "./machine.js";
import { recall, remember } from "./store.js";

const SAID = "playground:said-offline";
const ROOT = new URL("../../", import.meta.url);
const OFFLINE = "From now on this page works offline, runs included.";

/** @type {Promise<boolean> | undefined} */
let keeping;

/**
 * Have the service worker keep this page and what the playground has fetched; say so, once.
 *
 * @param {(text: string) => void} say
 */
export async function offerOffline(say) {
  if (!("serviceWorker" in navigator)) return; // an insecure origin, or a private window
  try {
    keeping = keep();
    if (!(await keeping) || recall(SAID)) return;
    remember(SAID, "yes");
    say(OFFLINE);
  } catch (problem) {
    console.info(problem); // a full disk, say: the page goes on working online
  }
}

async function keep() {
  await navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT.pathname });
  const { active } = await navigator.serviceWorker.ready;
  const { runtime } = await machine();
  const fetched = performance.getEntriesByType("resource").map(({ name }) => name);
  const urls = new Set([location.href.split("#")[0], ...fetched, ...(runtime.assets?.() ?? [])]);
  return ask(active, [...urls].filter((url) => url?.startsWith(ROOT.href)));
}

/**
 * @param {ServiceWorker | null} worker
 * @param {(string | undefined)[]} urls
 * @returns {Promise<boolean>}
 */
function ask(worker, urls) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === "kept");
    worker?.postMessage({ type: "keep", urls }, [port2]);
  });
}
