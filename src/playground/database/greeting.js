/** What a client is told at the start of a connection, or why it gets none. */

import { REFUSALS } from "./refusals.js";
import { identifier, literal, set } from "./settings.js";
import * as wire from "./wire.js";

/** @typedef {import("./backend.js").Backend} Backend */
/** @typedef {{refusal: wire.Refusal} | {bytes: Uint8Array, changed: boolean}} Greeting */

const DATABASE = "postgres";
const USER = "postgres";

/** Parameters of a startup message that are no settings. */
const SPECIAL = /^(user|database|options|replication|_pq_\..*)$/;

/**
 * Applies the parameters of a startup message. A password is never asked for.
 * @param {Backend} backend
 * @param {Record<string, string>} wanted
 * @param {number} id  of the connection
 * @returns {Greeting}
 */
export function greet(backend, wanted, id) {
  const { user = USER, database = user, options = "" } = wanted;
  const refusal = refuse(backend, user, database);
  if (refusal) return { refusal };
  const settings = Object.entries(wanted).filter(([name]) => !SPECIAL.test(name));
  for (const [, name, value] of options.matchAll(/(?:-c\s*|--)([\w.]+)=(\S+)/g)) {
    settings.push([name ?? "", value ?? ""]);
  }
  const statements = settings.map(([name, value]) => set(name, value));
  if (user !== USER) statements.push(`SET SESSION AUTHORIZATION ${identifier(user)}`);
  const reported = new Map(backend.parameters);
  for (const statement of statements) {
    const { error, parameters } = backend.ask(statement);
    if (error) return { refusal: { code: error.C ?? "", message: error.M ?? "" } };
    for (const [name, value] of parameters) reported.set(name, value);
  }
  return { bytes: welcome(reported, id), changed: statements.length > 0 };
}

/**
 * The same words and codes as src/backend/utils/init/postinit.c and miscinit.c.
 * @param {Backend} backend
 * @param {string} user
 * @param {string} database
 * @returns {wire.Refusal | null}
 */
function refuse(backend, user, database) {
  const may = backend.ask(`SELECT rolcanlogin FROM pg_roles WHERE rolname = ${literal(user)}`).rows;
  if (!may[0]) return { code: "28000", message: `role "${user}" does not exist` };
  if (may[0][0] !== "t") {
    return { code: "28000", message: `role "${user}" is not permitted to log in` };
  }
  const exists = backend.ask(`SELECT 1 FROM pg_database WHERE datname = ${literal(database)}`).rows;
  if (!exists[0]) return { code: "3D000", message: `database "${database}" does not exist` };
  return database === DATABASE ? null : REFUSALS.oneDatabase;
}

/** @param {Map<string, string>} parameters @param {number} id */
function welcome(parameters, id) {
  return wire.concat([
    wire.message("R", wire.int32s(0)), // AuthenticationOk
    ...[...parameters].map((pair) => wire.message("S", ...pair)),
    wire.message("K", wire.int32s(id, id)), // BackendKeyData: cancelling has no effect
    wire.readyForQuery("I"),
  ]);
}
