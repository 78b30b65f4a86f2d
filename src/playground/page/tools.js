/** What stands below the output after a first run: consoles, Keep data, Reset data. */

import { Console } from "./console.js";
import { button, make } from "./dom.js";
import { inTurn, machine } from "./machine.js";
import { isComplete } from "./statement.js";

/** @import { Listing } from "./listing.js" */

export class Tools {
  /** @param {Listing} listing */
  constructor(listing) {
    this.listing = listing;
    this.element = make("div", { class: "listing-tools", hidden: "" });
    this.remarks = make("p", { class: "listing-remark", role: "status" });
    this.box = make("input", { type: "checkbox" });
    const { needs } = listing.data;
    this.tables = needs.includes("postgresql");
    this.keys = needs.includes("valkey");
    if (this.tables || this.keys) this.fill();
    this.element.append(this.remarks);
  }

  /** Whether the next run starts with the data of the one before. */
  get keep() {
    return this.box.checked;
  }

  fill() {
    const bar = make("div", { class: "listing-bar", role: "group", "aria-label": "Data" });
    if (this.tables) bar.append(this.console("SQL console", sqlConsole));
    if (this.keys) bar.append(this.console("Redis console", redisConsole));
    bar.append(button("Reset data", "listing-reset-data", () => void this.reset()));
    bar.append(make("label", { class: "listing-keep" }, this.box, " Keep data between runs"));
    this.element.append(bar);
  }

  /**
   * @param {string} name
   * @param {() => Console} create
   */
  console(name, create) {
    /** @type {Console | undefined} */
    let console_;
    const opener = button(name, "listing-console-button", () => {
      if (!console_) this.remarks.before((console_ = create()).element);
      const hidden = opener.ariaExpanded === "true";
      opener.ariaExpanded = String(!hidden);
      console_.element.hidden = hidden;
      if (!hidden) console_.focus();
    });
    opener.ariaExpanded = "false";
    return opener;
  }

  show() {
    this.element.hidden = false;
  }

  /** @param {string} text */
  remark(text) {
    this.remarks.textContent = text;
  }

  async reset() {
    const { runtime } = await machine();
    const waits = () => this.remark("Waits until the listing has ended.");
    try {
      await inTurn(() => runtime.reset(), waits, new AbortController().signal);
      this.remark("All tables and keys are gone.");
    } catch (problem) {
      this.remark(problem instanceof Error ? problem.message : String(problem));
    }
  }
}

function sqlConsole() {
  return new Console({
    name: "SQL console",
    hint:
      "End a statement with a semicolon. \\d lists the tables, \\? all commands." +
      " Arrow up brings back what you typed.",
    prompts: ["=>", "->"],
    isComplete,
    send: async (text) => (await machine()).runtime.psql(text),
  });
}

function redisConsole() {
  return new Console({
    name: "Redis console",
    hint: "A command a line, such as KEYS *. Arrow up brings back what you typed.",
    prompts: [">", ">"],
    isComplete: () => true,
    send: async (line) => (await machine()).runtime.valkey(line),
  });
}
