/** Whether this browser has what the playground needs. */

const TOO_OLD = "This browser is too old to run programs in a tab. Here is what they printed in CI.";

/** @returns {string} empty, or the reason why not, in the reader's words */
export function supported() {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.Tag !== "function") return TOO_OLD;
  if (typeof DecompressionStream !== "function") return TOO_OLD;
  return "";
}

/** What a browser says when it has no room for a program, or does not know its instructions. */
const NOT_HERE = /RangeError|memory|CompileError/i;

/** A program that this browser cannot start: what the tests recorded is shown instead. */
export class Unsupported extends Error {
  name = "Unsupported";

  /**
   * @param {string} title  of what was to be started
   * @param {string} problem  what the browser said
   * @returns {Error} for the reader: this one if the browser is the reason
   */
  static of(title, problem) {
    if (!NOT_HERE.test(problem)) return new Error(`${title}: ${problem}`);
    const told = `This browser could not start ${title} (${problem}). Here is what was printed in CI.`;
    return new Unsupported(told);
  }
}
