/** What is happening, in words. */

/** @import { Progress } from "./types.js" */

/** @type {Record<Progress["phase"], string>} */
const PHASES = {
  download: "Downloading",
  python: "Starting Python",
  postgresql: "Starting PostgreSQL",
  valkey: "Starting Valkey",
  packages: "Loading packages",
  ready: "Running",
};

/** @param {Progress} progress */
export function phase({ phase: name, text }) {
  return text || PHASES[name];
}

/** @param {Progress} progress */
export function amount({ phase: name, loaded, total }) {
  if (name !== "download" || loaded === undefined || !total) return "";
  return `${megabytes(loaded)} of ${megabytes(total)} MB`;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  return `${seconds < 10 ? seconds.toFixed(2) : Math.round(seconds)} s`;
}
