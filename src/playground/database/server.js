/** PostgreSQL for many sessions, made of one backend: sessions take turns. */

import { listen } from "./channels.js";
import { greet } from "./greeting.js";
import { abandon, leave } from "./leaving.js";
import { REFUSALS } from "./refusals.js";
import { Relay, withoutCopy } from "./relay.js";
import { Session } from "./session.js";
import { Registry } from "./statements.js";
import { Turns } from "./turns.js";
import * as wire from "./wire.js";

/** @typedef {import("./archive.js").Archive} Archive */
/** @typedef {import("./backend.js").Backend} Backend */
/** @typedef {import("./packs.js").Packs} Packs */
/** @typedef {import("./wire.js").Message} Message */
/** @typedef {(libraries: string[], files: Archive[]) => Promise<Backend>} Start  makes a backend */

export class Server {
  registry = new Registry();
  turns;
  /** @type {Session[]} */
  #sessions = [];
  /** Whose settings the backend has now. @type {Session | null} */
  #current = null;
  #alive = true;
  #used = false; // since the last reset
  #working = false;
  #numbers = 0;
  #backend;
  #packs;
  #start;

  /**
   * @param {Backend} backend
   * @param {Packs} packs
   * @param {Start} start  for when the backend has ended, or has loaded libraries
   * @param {number} [patience]  milliseconds that a session waits for another's transaction
   */
  constructor(backend, packs, start, patience = 10_000) {
    this.turns = /** @type {Turns<Session | Server>} */ (new Turns(patience));
    this.#backend = backend;
    this.#packs = packs;
    this.#start = start;
  }

  /** @param {import("./pipes.js").Send} send  to the client; null closes */
  connect(send) {
    const session = new Session(this, ++this.#numbers, send);
    this.#sessions.push(session);
    return session;
  }

  /** Everything as it was at the start. Connections are closed, as when a server restarts. */
  async reset() {
    await this.#close(REFUSALS.reset, async () => {
      if (this.#used && !this.#backend.reset()) await this.#renew();
    });
  }

  /**
   * Answers a startup message.
   * @param {Session} session
   * @param {Record<string, string>} parameters
   * @returns {boolean}  whether the session is open now
   */
  open(session, parameters) {
    this.#used = true;
    this.#switch(session);
    const greeting = greet(this.#backend, parameters, this.#numbers);
    session.settings.changed = true;
    if ("refusal" in greeting) return (session.end(greeting.refusal), false);
    session.settings.changed = greeting.changed;
    session.send(greeting.bytes);
    return true;
  }

  /** The client waits: if that is for a turn, whoever has it is the client itself. */
  stuck() {
    if (this.turns.holder !== this && !this.#working) this.turns.expire();
  }

  /**
   * Runs what a session, whose turn it is, has sent.
   * @param {Session} session
   * @param {Message[]} messages
   */
  async perform(session, messages) {
    const asked = messages.map(withoutCopy);
    const sql = asked.map(wire.textOf).join(";\n");
    const prepared = session.statements.listening(asked);
    const relay = new Relay(session, this.#sessions);
    this.#working = true;
    try {
      for (const files of await this.#packs.wanted(sql)) this.#backend.addFiles(files);
      if (session.ended) return;
      this.#switch(session);
      session.settings.changed ||= /set_config/i.test(sql);
      session.temporary ||= /\btemp/i.test(sql);
      this.#run(session, asked, relay);
      relay.flush();
      if (relay.listened) listen(this.#backend, session, this.#sessions, `${sql};${prepared}`);
    } catch (error) {
      console.error(error);
      relay.flush();
      await this.#close(REFUSALS.ended, () => this.#renew());
    } finally {
      this.#working = false;
    }
  }

  /** Leaves nothing of a session that has ended. @param {Session} session */
  forget(session) {
    this.#sessions = this.#sessions.filter((other) => other !== session);
    if (this.#alive) {
      if (this.turns.holder === session) abandon(this.#backend);
      if (this.#current === session) this.#switch(null);
      leave(this.#backend, session, this.#sessions);
    }
    this.turns.give(session);
  }

  /** @param {Session} session @param {Message[]} asked @param {Relay} relay */
  #run(session, asked, relay) {
    const again = session.statements.missing(asked);
    if (again) this.#backend.run(again, () => {});
    const bytes = wire.concat(asked.map((message) => session.statements.translate(message)));
    this.#backend.run(bytes, (message) => relay.take(message));
  }

  /** @param {Session | null} next  whose settings the backend shall have */
  #switch(next) {
    if (this.#current === next) return;
    const ask = (/** @type {string} */ sql) => this.#backend.ask(sql).rows;
    this.#current?.settings.putAway(ask);
    this.#current = next;
    next?.settings.putBack(ask);
  }

  /** @param {wire.Refusal} reason @param {() => Promise<void>} meanwhile */
  async #close(reason, meanwhile) {
    this.turns.seize(this);
    this.#alive = false;
    for (const session of [...this.#sessions]) session.end(reason);
    this.registry = new Registry();
    this.#current = null;
    try {
      await meanwhile();
      this.#used = false;
    } finally {
      this.#alive = true; // if it is not: the next query finds out, and a new start is tried
      this.turns.give(this);
    }
  }

  async #renew() {
    this.#backend = await this.#start(this.#backend.libraries, await this.#packs.fetched());
  }
}
