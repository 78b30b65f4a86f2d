// The recorded graph of a scenario: every order of the steps, and what came of it.

/** @typedef {[party: string, statement: string, fact: string]} Happening */
/** @typedef {{at: number, attempt: number, waits: boolean, locks: string[]}} PartyState */
/**
 * @typedef {object} State
 * @property {Record<string, string>} holds what each store holds
 * @property {Record<string, PartyState>} parties
 * @property {Record<string, [state: number, happenings: Happening[]]>} next by party
 */
/** @typedef {{text: string, label: string, hold: string}} Step */
/**
 * @typedef {object} Graph
 * @property {string} title
 * @property {string} rule what would hold if the parties acted one after the other
 * @property {{ends?: string, differs?: string, reads?: string, party?: string}} broken
 * @property {string} variant
 * @property {Record<string, string>} servers
 * @property {string[]} story the parties, in the order that is shown first
 * @property {Record<string, Step[]>} parties
 * @property {State[]} states
 */
/** @typedef {{party: string, before: State, after: State, happenings: Happening[]}} Move */
/** @typedef {"broken" | "retried" | "kept"} Verdict */

const RETRIED = new Set(["40001", "40P01"]);

/**
 * Follows the parties' turns as far as the graph allows; a turn nobody can take is passed over.
 * @param {Graph} graph
 * @param {string[]} turns
 * @param {boolean} toEnd whether to go on to an end, with the first that can take a step
 * @returns {Move[]}
 */
export function follow(graph, turns, toEnd) {
  /** @type {Move[]} */
  const moves = [];
  let state = first(graph);
  /** @param {string} party */
  const take = (party) => {
    const following = state.next[party];
    if (!following) return;
    const after = at(graph, following[0]);
    moves.push({ party, before: state, after, happenings: following[1] });
    state = after;
  };
  turns.forEach(take);
  while (toEnd && ready(state).length) take(inOrder(graph, state));
  return moves;
}

/** @param {Graph} graph @param {State} state */
const inOrder = (graph, state) =>
  /** @type {string} */ (Object.keys(graph.parties).find((party) => party in state.next));

/** @param {Graph} graph @returns {State} */
export const first = (graph) => at(graph, 0);

/** @param {State} state the parties that can take a step */
export const ready = (state) => Object.keys(state.next);

/** @param {Graph} graph @param {number} number @returns {State} */
function at(graph, number) {
  const state = graph.states[number];
  if (!state) throw new RangeError(`no state ${number}`);
  return state;
}

/**
 * Says how an order of the steps ended.
 * @param {Graph} graph
 * @param {Move[]} moves all of them
 * @returns {Verdict}
 */
export function verdict(graph, moves) {
  const happenings = moves.flatMap((move) => move.happenings);
  const { ends, differs, reads, party } = graph.broken;
  const last = moves.at(-1)?.after ?? first(graph);
  const answers = happenings.filter(([, statement]) => /^(SELECT|GET)/.test(statement));
  if (ends !== undefined && last.holds.database === ends) return "broken";
  if (reads !== undefined
    && answers.some(([who, , fact]) => fact === reads && (!party || who === party))) return "broken";
  const seen = answers.filter(([who]) => who === differs).map(([, , fact]) => fact);
  if (new Set(seen).size > 1) return "broken";
  return happenings.some(([, , fact]) => RETRIED.has(fact)) ? "retried" : "kept";
}

/**
 * Counts the orders of the steps by how they end.
 * @param {Graph} graph
 * @returns {Record<Verdict, number>}
 */
export function tally(graph) {
  const count = { broken: 0, retried: 0, kept: 0 };
  /** @param {State} state @param {Move[]} moves */
  const walk = (state, moves) => {
    if (!ready(state).length) count[verdict(graph, moves)] += 1;
    for (const [party, [number, happenings]] of Object.entries(state.next)) {
      const after = at(graph, number);
      walk(after, [...moves, { party, before: state, after, happenings }]);
    }
  };
  walk(first(graph), []);
  return count;
}

/**
 * Says what a party is doing after a move: nothing yet, its turn is open, it waits, is held back
 * before a step, or has ended.
 * @param {Graph} graph
 * @param {string} party
 * @param {State} state
 * @returns {"idle" | "open" | "waits" | "held" | "ended"}
 */
export function doing(graph, party, state) {
  const steps = graph.parties[party] ?? [];
  const now = state.parties[party];
  if (!now || (now.at === 0 && now.attempt === 1)) return "idle";
  if (now.waits) return "waits";
  const next = steps[now.at];
  if (!next) return "ended";
  return next.hold ? "held" : "open";
}
