/** What the reader's browser keeps for this site. It may be full or forbidden: then false. */

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value  null forgets it
 */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** The reader has run a listing of this site before. */
export const HAS_RUN = "playground:has-run";

/**
 * @param {string} module
 * @param {string} section
 */
export function editKey(module, section) {
  return `playground:edit:${module}:${section}`;
}
