/** Replay as a listing offers it: like a run that can be stopped, and labelled as recorded. */

import { versions } from "./badge.js";
import { pace, replay } from "./replay.js";

/** @import { Listing } from "./listing.js" */

export class Replay {
  /** @param {Listing} listing */
  constructor(listing) {
    this.listing = listing;
    this.left = new AbortController();
  }

  async start() {
    const { data, output, say } = this.listing;
    const record = data.record ?? [];
    const { seconds, factor } = pace(record);
    const atOnce = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const faster = factor < 1 && !atOnce ? `, ${seconds.toFixed(0)} seconds in 6` : "";
    say(`Replaying what CI recorded${faster}`);
    const ended = await replay(record, output, { atOnce, signal: this.left.signal });
    if (ended) say(this.label());
    else say("Stopped");
    this.listing.ended(this);
  }

  halt() {
    this.left.abort();
  }

  label() {
    const { data, figure } = this.listing;
    if (!data.record) return "Nothing is recorded yet.";
    const on = data.verified ? ` on ${versions(data.verified)}` : "";
    return `Recorded by CI${on}, not run here: ${figure.dataset.why}.`;
  }
}
