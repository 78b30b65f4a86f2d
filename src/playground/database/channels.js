/** LISTEN belongs to a session, but the one backend has one list of channels. */

import { identifier } from "./settings.js";
import { tokens } from "./sql_text.js";

/** @typedef {import("./backend.js").Backend} Backend */
/** @typedef {{channels: Set<string>, status: string}} Listener */

/**
 * Notes what a session listens to after it has run `sql`, and keeps the channels of the others.
 * @param {Backend} backend
 * @param {Listener} session
 * @param {Listener[]} all
 * @param {string} sql
 */
export function listen(backend, session, all, sql) {
  const words = [...tokens(sql)]
    .filter(({ kind }) => kind !== "blank" && kind !== "comment")
    .map(({ start, end }) => sql.slice(start, end));
  words.forEach((word, at) => {
    const next = words[at + 1] ?? "";
    if (/^listen$/i.test(word)) session.channels.add(folded(next));
    if (!/^unlisten$/i.test(word)) return;
    if (next === "*") session.channels.clear();
    else session.channels.delete(folded(next));
  });
  if (session.status === "I") keepListening(backend, all); // not in the middle of its transaction
}

/** @param {Backend} backend @param {Listener[]} all */
export function keepListening(backend, all) {
  const wanted = new Set(all.flatMap(({ channels }) => [...channels]));
  const now = new Set(backend.ask("SELECT pg_listening_channels()").rows.map(([name]) => name ?? ""));
  for (const name of wanted) if (!now.has(name)) backend.ask(`LISTEN ${identifier(name)}`);
  for (const name of now) if (!wanted.has(name)) backend.ask(`UNLISTEN ${identifier(name)}`);
}

/** A name as PostgreSQL keeps it. @param {string} name */
function folded(name) {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}
