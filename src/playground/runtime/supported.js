/** Whether this browser has what the playground needs. */

const TOO_OLD = "This browser is too old to run programs in a tab. Here is what they printed in CI.";

/** @returns {string} empty, or the reason why not, in the reader's words */
export function supported() {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.Tag !== "function") return TOO_OLD;
  if (typeof DecompressionStream !== "function") return TOO_OLD;
  return "";
}
