// Fetches a figure's module when the figure comes near, and nothing before that.

const NEAR = "900px";
/** The figures that can be played with: the element's name, and the module that defines it. */
const modules = /** @type {Record<string, string>} */ ({
  "orders-figure": "./orders.js",
  "percentiles-figure": "./percentiles.js",
  "loops-figure": "./loops.js",
  "blocking-figure": "./blocking.js",
  "waterfall-figure": "./waterfall.js",
  "plans-figure": "./plans.js",
  "ladder-figure": "./ladder.js",
  "stream-figure": "./stream.js",
  "crash-figure": "./crash.js",
  "workers-figure": "./workers.js",
});

const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      void import(/** @type {string} */ (modules[target.localName]));
    }
  },
  { rootMargin: NEAR },
);

for (const figure of document.querySelectorAll(Object.keys(modules).join())) seen.observe(figure);
