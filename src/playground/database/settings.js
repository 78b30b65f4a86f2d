/**
 * Settings that belong to a session: search_path, work_mem, the role. The one backend has one set
 * of them, so they are put away when another session speaks, and put back.
 */

/** @typedef {(sql: string) => (string | null)[][]} Ask  runs SQL and gives the rows */

const CHANGED = `SELECT name, setting FROM pg_settings WHERE source = 'session'
  AND context IN ('user', 'superuser')`;

export class Settings {
  /** Whether there may be anything to put away. */
  changed = false;
  /** @type {string[]} */
  #restore = [];

  /** @param {Ask} ask */
  putAway(ask) {
    if (!this.changed) return;
    const [row] = ask("SELECT session_user, current_setting('role')");
    const [user, role] = row ?? ["postgres", "none"];
    const saved = ask(CHANGED);
    this.#restore = saved.map(([name, value]) => set(name ?? "", value ?? ""));
    if (user !== "postgres") this.#restore.push(`SET SESSION AUTHORIZATION ${identifier(user ?? "")}`);
    if (role !== "none") this.#restore.push(`SET ROLE ${identifier(role ?? "")}`);
    ask("SET SESSION AUTHORIZATION postgres"); // RESET does nothing where nobody has logged in
    ask("RESET ALL");
    this.changed = this.#restore.length > 0;
  }

  /** @param {Ask} ask */
  putBack(ask) {
    for (const statement of this.#restore) ask(statement);
  }
}

/** @param {string} name @param {string} value */
export function set(name, value) {
  return `SELECT set_config(${literal(name)}, ${literal(value)}, false)`;
}

/** @param {string} value */
export function literal(value) {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes("\\") ? ` E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}

/** @param {string} name */
export function identifier(name) {
  return `"${name.replaceAll('"', '""')}"`;
}
