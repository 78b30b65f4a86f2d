/** The lists of psql: \dt, \df, \l and so on. The SQL follows psql's own (src/bin/psql/describe.c). */

import { literal } from "./settings.js";

/** @typedef {{sql: string, title: string, none?: string}} Listing  none: what is not found, if empty */

const KINDS = /** @type {const} */ ({
  t: ["tables", "'r','p'"],
  i: ["indexes", "'i','I'"],
  v: ["views", "'v'"],
  m: ["materialized views", "'m'"],
  s: ["sequences", "'S'"],
});

/**
 * A condition for a pattern such as users, public.* or "Users".
 * @param {string} pattern
 * @param {{name: string, schema?: string, visible?: string}} columns
 */
export function matching(pattern, { name, schema, visible }) {
  const parts = pattern.match(/(?:"(?:[^"]|"")*"|[^."])+/g) ?? [];
  const [own = "*", of] = parts.reverse();
  const conditions = [];
  if (expression(own) !== "^(.*)$") conditions.push(`${name} ~ ${literal(expression(own))}`);
  if (of && schema) conditions.push(`${schema} ~ ${literal(expression(of))}`);
  else if (visible) conditions.push(visible);
  return conditions.map((condition) => ` AND ${condition}`).join("");
}

/** @param {string} pattern */
function expression(pattern) {
  const quoted = pattern.startsWith('"');
  const text = quoted ? pattern.slice(1, -1).replaceAll('""', '"') : pattern.toLowerCase();
  const escaped = text.replace(/[.+^$()[\]{}|\\]/g, "\\$&");
  const wild = quoted ? escaped.replace(/[*?]/g, "\\$&") : escaped.replaceAll("*", ".*").replaceAll("?", ".");
  return `^(${wild})$`;
}

const NOT_SYSTEM = (/** @type {string} */ pattern) =>
  pattern ? "" : " AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema'";

/**
 * @param {string} kinds  letters of KINDS
 * @param {string} pattern
 * @returns {Listing}
 */
function relations(kinds, pattern) {
  const wanted = [...kinds].map((kind) => KINDS[/** @type {keyof typeof KINDS} */ (kind)]);
  const what = wanted.length === 1 ? String(wanted[0]?.[0]) : "relations";
  const letters = wanted.map(([, letter]) => letter).join(",");
  const table = kinds.includes("i") ? ', c2.relname AS "Table"' : "";
  const names = { name: "c.relname", schema: "n.nspname", visible: "pg_table_is_visible(c.oid)" };
  const sql = `SELECT n.nspname AS "Schema", c.relname AS "Name", CASE c.relkind WHEN 'r' THEN 'table'
    WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence'
    WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END AS "Type",
    pg_get_userbyid(c.relowner) AS "Owner"${table}
    FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class c2 ON i.indrelid = c2.oid
    WHERE c.relkind IN (${letters})${NOT_SYSTEM(pattern)}${matching(pattern, names)} ORDER BY 1, 2`;
  return { sql, title: `List of ${what}`, none: pattern ? `${what} named "${pattern}"` : what };
}

/** @type {Record<string, (pattern: string) => Listing>} */
const OTHERS = {
  dn: (pattern) => ({
    title: "List of schemas",
    sql: `SELECT n.nspname AS "Name", pg_get_userbyid(n.nspowner) AS "Owner" FROM pg_namespace n
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ${matching(pattern, { name: "n.nspname" })} ORDER BY 1`,
  }),
  du: (pattern) => ({
    title: "List of roles",
    sql: `SELECT rolname AS "Role name", concat_ws(', ', CASE WHEN rolsuper THEN 'Superuser' END,
      CASE WHEN NOT rolinherit THEN 'No inheritance' END, CASE WHEN rolcreaterole THEN 'Create role' END,
      CASE WHEN rolcreatedb THEN 'Create DB' END, CASE WHEN NOT rolcanlogin THEN 'Cannot login' END,
      CASE WHEN rolreplication THEN 'Replication' END, CASE WHEN rolbypassrls THEN 'Bypass RLS' END)
      AS "Attributes" FROM pg_roles WHERE rolname !~ '^pg_'${matching(pattern, { name: "rolname" })} ORDER BY 1`,
  }),
  dx: (pattern) => ({
    title: "List of installed extensions",
    sql: `SELECT e.extname AS "Name", e.extversion AS "Version", ae.default_version AS "Default version",
      n.nspname AS "Schema", d.description AS "Description" FROM pg_extension e
      LEFT JOIN pg_namespace n ON n.oid = e.extnamespace
      LEFT JOIN pg_description d ON d.objoid = e.oid AND d.classoid = 'pg_extension'::regclass
      LEFT JOIN pg_available_extensions() ae(name, default_version, comment) ON ae.name = e.extname
      WHERE true${matching(pattern, { name: "e.extname" })} ORDER BY 1`,
  }),
  df: (pattern) => ({
    title: "List of functions",
    sql: `SELECT n.nspname AS "Schema", p.proname AS "Name", pg_get_function_result(p.oid)
      AS "Result data type", pg_get_function_arguments(p.oid) AS "Argument data types",
      CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc' ELSE 'func' END AS "Type"
      FROM pg_proc p LEFT JOIN pg_namespace n ON n.oid = p.pronamespace WHERE true${NOT_SYSTEM(pattern)}
      ${matching(pattern, { name: "p.proname", schema: "n.nspname", visible: "pg_function_is_visible(p.oid)" })}
      ORDER BY 1, 2, 4`,
  }),
  dT: (pattern) => ({
    title: "List of data types",
    sql: `SELECT n.nspname AS "Schema", format_type(t.oid, NULL) AS "Name",
      obj_description(t.oid, 'pg_type') AS "Description"
      FROM pg_type t LEFT JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_class c WHERE c.oid = t.typrelid))
      AND NOT EXISTS (SELECT 1 FROM pg_type el WHERE el.oid = t.typelem AND el.typarray = t.oid)
      ${NOT_SYSTEM(pattern)}
      ${matching(pattern, { name: "t.typname", schema: "n.nspname", visible: "pg_type_is_visible(t.oid)" })}
      ORDER BY 1, 2`,
  }),
  l: (pattern) => ({
    title: "List of databases",
    sql: `SELECT datname AS "Name", pg_get_userbyid(datdba) AS "Owner", pg_encoding_to_char(encoding)
      AS "Encoding", CASE datlocprovider WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' ELSE 'icu' END
      AS "Locale Provider", datcollate AS "Collate", datctype AS "Ctype", datlocale AS "Locale",
      daticurules AS "ICU Rules", CASE WHEN array_length(datacl, 1) = 0 THEN '(none)'
      ELSE array_to_string(datacl, E'\\n') END AS "Access privileges"
      FROM pg_database WHERE true${matching(pattern, { name: "datname" })} ORDER BY 1`,
  }),
};

/**
 * @param {string} command  such as dt or du
 * @param {string} pattern
 * @returns {Listing | null}  null if it is no command that lists
 */
export function listing(command, pattern) {
  const name = command.replace(/[+S]+$/, "").replace(/^dg$/, "du");
  if (OTHERS[name]) return OTHERS[name](pattern);
  if (name === "d" && pattern === "") return relations("tvms", "");
  return /^d[tivms]+$/.test(name) ? relations(name.slice(1), pattern) : null;
}
