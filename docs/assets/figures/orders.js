// Two or three parties and every order of their steps, as it was recorded. One control is the
// variant (the isolation level, or the recipe); the buttons choose whose turn it is.

import { choice, make, take } from "./dom.js";
import { doing, first, follow, ready, tally, verdict } from "./graph.js";

/** @typedef {import("./graph.js").Graph} Graph */
/** @typedef {import("./graph.js").Happening} Happening */
/** @typedef {import("./graph.js").Move} Move */
/** @typedef {import("./graph.js").State} State */

const DONE = /^(BEGIN|COMMIT|ROLLBACK|UPDATE|INSERT|DELETE|OK|\d+ deleted)\b/;
const TABLE_LOCKS = /** @type {Record<string, string>} */ ({
  "relation AccessShareLock": "read",
  "relation RowExclusiveLock": "write",
  "relation SIReadLock": "mark as read",
});
const ENDS = {
  broken: "This order breaks the rule.",
  retried: "One was refused with 40001 and ran again. The rule is kept.",
  kept: "This order keeps the rule.",
};
const SERVERS = /** @type {Record<string, string>} */ ({
  postgresql: "PostgreSQL", valkey: "Valkey", redis: "Redis",
});

class OrdersFigure extends HTMLElement {
  /** @type {Map<string, Promise<Graph>>} */
  recordings = new Map();
  /** @type {string[]} */
  turns = [];
  complete = true;
  scenario = "";
  variant = "";
  /** @type {Graph | undefined} */
  graph;

  connectedCallback() {
    if (this.dataset.state) return;
    const scenarios = pairs(this.dataset.scenarios ?? "");
    const variants = pairs(this.dataset.variants ?? "");
    this.scenario = scenarios[0]?.[0] ?? "";
    this.variant = variants.find(([, label]) => label === this.dataset.first)?.[0] ?? "";
    this.parts = {
      title: make("p", { class: "play-title" }),
      table: make("table", { class: "play-lanes" }),
      holds: make("dl", { class: "play-holds" }),
      said: make("p", { class: "play-said", role: "status" }),
      turns: make("div", { class: "play-buttons" }),
      tally: make("div", { class: "play-tally" }),
    };
    const legend = this.dataset.control ?? "";
    const control = variants.length
      ? choice(legend, variants, this.variant, (value) => this.show(this.scenario, value))
      : choice(legend, scenarios, this.scenario, (value) => this.show(value, ""));
    const which = variants.length ? [this.selection(scenarios)] : [];
    void this.load(this.scenario, this.variant).then((graph) => {
      const { title, table, holds, said, turns: buttons, tally: counted } = this.shown;
      const lanes = make("div", { class: "play-room" }, table);
      // The buttons stand above what changes its height: a second press meets the same button.
      take(this, ...which, title, control, buttons, lanes, holds, said, counted);
      this.begin(graph);
    });
  }

  get shown() {
    if (!this.parts) throw new Error("not connected");
    return this.parts;
  }

  /** @param {[string, string][]} scenarios */
  selection(scenarios) {
    const options = scenarios.map(([value, label]) => make("option", { value }, label));
    const select = make("select", {
      onchange: () => this.show(select.value, this.variant, true),
    }, ...options);
    return make("label", { class: "play-select" }, `${this.dataset.which ?? ""} `, select);
  }

  /**
   * Fetches a recording, once.
   * @param {string} scenario
   * @param {string} variant
   * @returns {Promise<Graph>}
   */
  load(scenario, variant) {
    const name = [scenario, ...variant.split(" ")].filter(Boolean).join("-");
    const url = new URL(`recordings/${this.dataset.folder}/${name}.json`, import.meta.url);
    const found = this.recordings.get(url.href) ?? fetch(url).then((answer) => answer.json());
    this.recordings.set(url.href, found);
    return found;
  }

  /**
   * Shows another recording: the same turns, as far as they can be taken.
   * @param {string} scenario
   * @param {string} variant
   */
  async show(scenario, variant, anew = scenario !== this.scenario) {
    [this.scenario, this.variant] = [scenario, variant];
    const graph = await this.load(scenario, variant);
    if (scenario !== this.scenario || variant !== this.variant) return;  // chosen again meanwhile
    if (anew) this.begin(graph);
    else this.render(graph, "");
  }

  /** @param {Graph} graph */
  begin(graph) {
    this.turns = graph.story;
    this.complete = true;
    this.render(graph, "");
  }

  /** @param {string} party */
  turn(party) {
    if (!this.graph) return;
    const moves = follow(this.graph, this.turns, this.complete);
    this.turns = [...moves.map((move) => move.party), party];
    this.complete = false;
    this.render(this.graph, party);
  }

  back() {
    if (!this.graph) return;
    const moves = follow(this.graph, this.turns, this.complete);
    this.turns = moves.map((move) => move.party).slice(0, -1);
    this.complete = false;
    this.render(this.graph, "back");
  }

  again() {
    this.turns = [];
    this.complete = false;
    if (this.graph) this.render(this.graph, "again");
  }

  /**
   * @param {Graph} graph
   * @param {string} pressed the button that keeps the focus
   */
  render(graph, pressed) {
    this.graph = graph;
    const moves = follow(graph, this.turns, this.complete);
    const state = moves.at(-1)?.after ?? first(graph);
    const { title, table, holds, said, tally: counted } = this.shown;
    title.textContent = `${graph.title}. One after the other, ${graph.rule}.`;
    table.replaceChildren(...rows(graph, moves));
    const over = ready(state).length === 0;
    holds.className = `play-holds${over ? ` play-${verdict(graph, moves)}` : ""}`;
    holds.replaceChildren(...holdings(graph, state, this.dataset.folder === "isolation"));
    said.replaceChildren(...saying(graph, moves, state));
    this.buttons(graph, moves, state, pressed);
    counted.replaceChildren(...counting(graph));
  }

  /**
   * @param {Graph} graph
   * @param {Move[]} moves
   * @param {State} state
   * @param {string} pressed
   */
  buttons(graph, moves, state, pressed) {
    const can = ready(state);
    /** @type {[string, string, boolean, () => void][]} */
    const wanted = Object.keys(graph.parties).map((party) => [
      party, `Step: ${party}`, can.includes(party), () => this.turn(party),
    ]);
    wanted.push(["back", "One step back", moves.length > 0, () => this.back()]);
    wanted.push(["again", "From the start", moves.length > 0, () => this.again()]);
    const row = this.shown.turns;
    if (row.childElementCount !== wanted.length) {
      row.replaceChildren(...wanted.map(([name]) => make("button", {
        type: "button", "data-name": name,
      })));
    }
    wanted.forEach(([name, label, able, act], place) => {
      const button = /** @type {HTMLButtonElement} */ (row.children[place]);
      button.textContent = label;
      // Not disabled, so that the focus stays where it is.
      button.setAttribute("aria-disabled", String(!able));
      button.onclick = able ? act : null;
      if (name === pressed) button.focus();
    });
  }
}

/**
 * The parties' lanes: a row to each step, time running downwards.
 * @param {Graph} graph
 * @param {Move[]} moves
 */
function rows(graph, moves) {
  const parties = Object.keys(graph.parties);
  const head = make("tr", {}, ...parties.map((party) => make("th", { scope: "col" }, party)));
  const body = moves.map((move) => make("tr", {}, ...parties.map((party) => {
    const happening = move.happenings.find(([who]) => who === party);
    return happening ? told(graph, move, happening) : between(graph, party, move.after);
  })));
  return [
    make("caption", { class: "play-hidden" }, "The steps in their order, one to a row"),
    make("thead", {}, head),
    make("tbody", {}, ...body),
  ];
}

/**
 * @param {Graph} graph
 * @param {Move} move
 * @param {Happening} happening
 */
function told(graph, move, [party, , fact]) {
  const before = move.before.parties[party];
  const step = graph.parties[party]?.[before?.at ?? 0];
  const late = before?.waits;
  const again = (before?.attempt ?? 1) > 1 && before?.at === 0;
  const leftOut = fact.startsWith("left out");
  const label = make(leftOut ? "s" : "span", {}, late ? (DONE.test(fact) ? "… is done" : "…") : step?.label ?? "");
  const cell = make("td", { class: kind(fact) }, label);
  const shown = fact.startsWith("waits") ? "waits" : fact;
  if (again) cell.append(" ", make("b", {}, "again"));
  else if (!leftOut && !DONE.test(shown)) cell.append(" ", make("b", {}, signed(shown)));
  return cell;
}

/** @param {string} fact */
function kind(fact) {
  if (/^40/.test(fact) || fact === "refused") return "play-refused";
  if (fact.startsWith("waits")) return "play-waiting";
  return "play-step";
}

/**
 * The cell of a party that does nothing in this row.
 * @param {Graph} graph
 * @param {string} party
 * @param {State} state
 */
function between(graph, party, state) {
  const now = doing(graph, party, state);
  const words = { waits: "waits", held: "held back", open: "", idle: "", ended: "" }[now];
  return make("td", { class: `play-${now}` }, words ? make("i", {}, words) : "");
}

/**
 * @param {Graph} graph
 * @param {State} state
 * @param {boolean} locks
 */
function holdings(graph, state, locks) {
  const stores = Object.entries(state.holds).map(([store, content]) => [
    store === "database" && locks ? "committed" : store, content,
  ]);
  const held = locks ? Object.keys(graph.parties).map((party) => [
    `${party} holds`,
    locksOf(state.parties[party]?.locks ?? []),
  ]) : [];
  return [...stores, ...held].flatMap(([name, text]) => [
    make("dt", {}, name ?? ""), make("dd", {}, signed(text ?? "")),
  ]);
}

/** @param {string[]} locks */
function locksOf(locks) {
  const rows = locks.filter((lock) => lock.startsWith("row "));
  const line = locks.some((lock) => lock.startsWith("tuple")) ? ["first in line for a row"] : [];
  const table = locks.flatMap((lock) => TABLE_LOCKS[lock] ?? []);
  return [...rows, ...line, ...(table.length ? [`table: ${table.join(", ")}`] : [])].join("; ") || "–";
}

/** @param {string} text with a minus where a number is below zero */
const signed = (text) => text.replace(/(^|\s)-(?=\d)/g, "$1−");

/**
 * The last step in full, or how it ended.
 * @param {Graph} graph
 * @param {Move[]} moves
 * @param {State} state
 */
function saying(graph, moves, state) {
  const steps = moves.at(-1)?.happenings ?? [];
  if (!ready(state).length) {
    const end = verdict(graph, moves);
    return [make("strong", { class: `play-${end}` }, ENDS[end])];
  }
  if (!steps.length) return ["Nothing has happened yet. Whose step is first?"];
  return steps.flatMap(([party, statement, fact], place) => [
    place ? " " : "", `${party}: `, make("code", {}, statement), ` → ${signed(fact)}.`,
  ]);
}

/** @param {Graph} graph the servers it was played on */
const played = (graph) => Object.entries(graph.servers)
  .filter(([name]) => name === "postgresql" || "cache" in first(graph).holds)
  .map(([name, version]) => `${SERVERS[name] ?? name} ${version}`).join(" and ");

/** @param {Graph} graph */
function counting(graph) {
  const count = tally(graph);
  const all = count.broken + count.retried + count.kept;
  /** @type {("broken" | "retried" | "kept")[]} */
  const kinds = ["broken", "retried", "kept"];
  const bar = kinds.map((one) => {
    const part = make("span", { class: `play-${one}` });
    part.style.flexGrow = String(count[one]);
    return part;
  });
  const words = count.retried
    ? `${count.broken} break the rule, ${count.retried} end in 40001 and a retry, ${count.kept} keep it.`
    : `${count.broken} break the rule, ${count.kept} keep it.`;
  return [
    make("div", { class: "play-bar", "aria-hidden": "true" }, ...bar),
    make("p", {}, `All ${all} orders of the steps, played on ${played(graph)}: ${words}`),
  ];
}

/**
 * Reads `name: label; name: label`.
 * @param {string} text
 * @returns {[string, string][]}
 */
function pairs(text) {
  return text.split(";").filter((one) => one.trim()).map((one) => {
    const [name = "", label = name] = one.split(":").map((part) => part.trim());
    return [name, label];
  });
}

customElements.define("orders-figure", OrdersFigure);
