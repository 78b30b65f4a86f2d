// Lighthouse, on pages in a Chromium that runs already: its scores, and what lowers them, as JSON.
// Arguments: the Chromium's debugging port, categories joined by commas, and the pages' addresses.
import lighthouse from "lighthouse";

// What is not about time need not wait for a slow phone.
const UNTIMED = /** @type {const} */ ({
  throttlingMethod: "provided",
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 0,
  cpuQuietThresholdMs: 0,
  disableFullPageScreenshot: true,
});
const [port, categories, ...pages] = process.argv.slice(2);
const found = [];
for (const page of pages) {
  const { lhr } = await lighthouse(page, {
    port: Number(port),
    onlyCategories: categories.split(","),
    logLevel: "error",
    ...(categories.includes("performance") ? {} : UNTIMED),
  });
  const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
  const low = Object.values(lhr.categories)
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight))
    .map(({ id }) => lhr.audits[id])
    .filter(({ score }) => score !== null && score < 1);
  const why = low.map(({ id, title, details }) => `${id}: ${title} ${JSON.stringify(details?.items ?? []).slice(0, 300)}`);
  found.push({ page, scores: Object.fromEntries(scores), why, failed: lhr.runtimeError?.message });
}
console.log(JSON.stringify(found));
