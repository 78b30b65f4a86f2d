/** What a session leaves behind in the one backend when it ends. */

import { keepListening } from "./channels.js";
import * as wire from "./wire.js";

/** @typedef {import("./backend.js").Backend} Backend */
/** @typedef {import("./session.js").Session} Session */

/**
 * The last one to leave clears everything; before, only what is surely its own.
 * @param {Backend} backend
 * @param {Session} session
 * @param {Session[]} others
 */
export function leave(backend, session, others) {
  backend.run(session.statements.close(), () => {});
  if (others.length === 0) backend.ask("DISCARD ALL");
  else {
    if (session.temporary && !others.some((other) => other.temporary)) backend.ask("DISCARD TEMP");
    if (session.channels.size > 0) keepListening(backend, others);
  }
}

/** Ends what a client has begun: messages without Sync, a transaction. @param {Backend} backend */
export function abandon(backend) {
  backend.run(wire.message("S"), () => {});
  backend.ask("ROLLBACK");
}
