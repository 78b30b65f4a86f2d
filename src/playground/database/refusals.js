/** What the tab's PostgreSQL cannot do, in words for the reader. */

/** @typedef {import("./wire.js").Refusal} Refusal */

/** @satisfies {Record<string, Refusal>} */
export const REFUSALS = {
  busy: {
    code: "55P03",
    message: "another connection is in a transaction, and PostgreSQL in this tab serves one at a time",
    hint: "End that transaction first (COMMIT or ROLLBACK). On a real server both would go on side by side.",
  },
  copy: {
    code: "0A000",
    message: "COPY FROM STDIN does not work in this tab",
    hint: "Use INSERT. On a real server COPY is the fastest way to load many rows.",
  },
  ended: {
    code: "57P01",
    message: "the database in this tab has ended; it starts anew and is empty",
    hint: "Most often its memory was used up.",
  },
  oneDatabase: {
    code: "0A000",
    message: "PostgreSQL in this tab serves one database",
    hint: 'Connect to the database "postgres".',
  },
  reset: { code: "57P01", message: "the data in this tab was reset" },
};
