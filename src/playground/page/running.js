/** One run of a listing, from the press of the button to the last word about it. */

import { versions } from "./badge.js";
import { lines, recorded } from "./compare.js";
import { errorView } from "./errors.js";
import { inTurn, isUnsupported, machine, onProgress } from "./machine.js";
import { amount, duration, phase } from "./progress.js";
import { replay } from "./replay.js";
import { compare } from "./verdict.js";

/** @import { Listing } from "./listing.js" */
/** @import { Outcome, Progress, Runtime } from "./types.js" */

const WAITS = "Waits until the listing before it has ended.";

export class Run {
  /** @param {Listing} listing */
  constructor(listing) {
    this.listing = listing;
    this.left = new AbortController();
    this.loading = true;
    this.began = performance.now();
    /** @type {Runtime | null} set while it is this run's turn */
    this.runtime = null;
    this.edited = listing.draft.edited;
    this.kept = listing.tools.keep;
  }

  async start() {
    this.listing.say("Loading the playground");
    try {
      const { runtime, supported } = await machine();
      const missing = supported();
      if (this.left.signal.aborted) return;
      if (missing) return await this.instead(missing);
      const waiting = () => this.listing.say(WAITS);
      const outcome = await inTurn(() => this.now(runtime), waiting, this.left.signal);
      if (outcome) this.end(outcome);
    } catch (problem) {
      if (isUnsupported(problem)) return await this.instead(problem.message);
      if (!this.left.signal.aborted) this.failed(problem);
    }
  }

  /** @param {Runtime} runtime */
  async now(runtime) {
    const { data, draft, output } = this.listing;
    const { language, path, needs } = data;
    const program = { language, path, needs, files: draft.files, keep: this.kept };
    this.runtime = runtime;
    this.begun();
    onProgress((progress) => this.progress(progress));
    try {
      return await runtime.run(program, {
        output: (chunk) => {
          if (this.loading) this.begun();
          output.write(chunk);
        },
        waiting: () => this.listing.say(WAITS),
      });
    } finally {
      onProgress(null);
      this.runtime = null;
    }
  }

  begun() {
    this.loading = false;
    this.began = performance.now();
    this.listing.say("Running");
    this.listing.stopButton.textContent = "Stop";
  }

  /** @param {Progress} progress */
  progress(progress) {
    if (progress.phase === "ready") return this.begun();
    this.loading = true;
    this.listing.stopButton.textContent = "Cancel";
    this.listing.say(phase(progress), amount(progress));
  }

  /** Stop, or cancel what is loading, or no longer wait. */
  halt() {
    this.left.abort();
    if (!this.runtime) return this.end({ state: "stopped" });
    this.listing.say(this.loading ? "Cancelling" : "Stopping");
    if (this.loading) void this.runtime.cancel();
    else void this.runtime.stop();
  }

  /** @param {Outcome} outcome */
  end(outcome) {
    const { listing } = this;
    listing.output.draw();
    const took = duration(performance.now() - this.began);
    if (outcome.state === "stopped") this.stopped();
    else if (outcome.state === "error" && outcome.error) {
      listing.output.state = "error";
      listing.say(`Ended with an error · ${took}`);
      listing.after.replaceChildren(errorView(outcome.error, listing.draft, listing.editing.goTo));
    } else this.compare(took);
    listing.ended(this);
  }

  stopped() {
    const { data, output } = this.listing;
    const stays = data.needs.some((need) => need === "postgresql" || need === "valkey");
    output.state = "stopped";
    if (this.loading) this.listing.say("Cancelled");
    else this.listing.say(stays ? "Stopped; your tables and keys are still there" : "Stopped");
  }

  /** @param {string} took */
  compare(took) {
    const { data, output, after, say } = this.listing;
    if (!data.record) {
      output.state = "done";
      return say(`Ended · ${took}. Nothing is recorded to compare it with.`);
    }
    const yours = lines(output.printed(data.language), data.language);
    const found = compare(yours, recorded(data.record), this.edited, this.kept);
    output.state = found.same ? "same" : "different";
    say(`${found.said} · ${took}`);
    after.replaceChildren(...found.views);
  }

  /**
   * Show the record, where this browser cannot run it.
   *
   * @param {string} reason
   */
  async instead(reason) {
    const { data, output, say } = this.listing;
    await replay(data.record ?? [], output, { atOnce: true, signal: this.left.signal });
    const on = data.record && data.verified ? ` Recorded on ${versions(data.verified)}.` : "";
    say(reason + on);
    this.listing.ended(this);
  }

  /** @param {unknown} problem */
  failed(problem) {
    console.info(problem);
    this.listing.output.state = "stopped";
    const reason = problem instanceof Error ? problem.message : String(problem);
    this.listing.say(`The playground did not start: ${reason}. Press Run to try again.`);
    this.listing.ended(this);
  }
}
