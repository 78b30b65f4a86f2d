/**
 * The service worker (built to /sw.js): pages come from the network and, without one, as they
 * were last seen; the playground's files never change under their name, so once is enough.
 */

const CACHE = `book-${VERSION}`; // esbuild puts the build's version in
const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const HASHED = /\/assets\/playground\/.*[.-][0-9A-Za-z]{8,}\.[\w.]+$/;

scope.addEventListener("install", () => void scope.skipWaiting());

scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("book-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope.registration.scope)) return;
  event.respondWith(HASHED.test(url.pathname) ? fromCache(request) : fromNetwork(request));
});

scope.addEventListener("message", (event) => {
  if (event.data?.type !== "keep") return;
  event.waitUntil(
    keep(event.data.urls).then(
      () => event.ports[0]?.postMessage("kept"),
      () => event.ports[0]?.postMessage("failed"),
    ),
  );
});

/** @param {string[]} urls */
async function keep(urls) {
  const cache = await caches.open(CACHE);
  await Promise.all(
    urls.map(async (url) => {
      if (await cache.match(url)) return;
      // What the page has just fetched is in the browser's own cache: no second download.
      const response = await fetch(url, { cache: "force-cache" });
      if (response.ok) await cache.put(url, response);
    }),
  );
}

/** @param {Request} request */
async function fromCache(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? store(cache, request, await fetch(request));
}

/** @param {Request} request */
async function fromNetwork(request) {
  const cache = await caches.open(CACHE);
  try {
    return store(cache, request, await fetch(request));
  } catch (problem) {
    const kept = await cache.match(request, { ignoreSearch: request.mode === "navigate" });
    if (kept) return kept;
    throw problem;
  }
}

/**
 * @param {Cache} cache
 * @param {Request} request
 * @param {Response} response
 */
function store(cache, request, response) {
  // A full disk must not break the page, so nobody waits for it.
  if (response.status === 200) void cache.put(request, response.clone()).catch(() => {});
  return response;
}
