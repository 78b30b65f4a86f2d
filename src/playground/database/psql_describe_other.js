/** What psql's \d NAME shows of indexes and sequences (describe.c). */

/** @typedef {Record<string, string | null>} Row */
/** @typedef {(sql: string) => Promise<Row[]>} Ask */

/** @param {string} oid */
export function sequence(oid) {
  return `SELECT format_type(seqtypid, NULL) AS "Type", seqstart AS "Start", seqmin AS "Minimum",
    seqmax AS "Maximum", seqincrement AS "Increment", CASE WHEN seqcycle THEN 'yes' ELSE 'no' END AS "Cycles?",
    seqcache AS "Cache" FROM pg_sequence WHERE seqrelid = ${oid}`;
}

/** @param {string} oid @param {Ask} ask */
export async function sequenceOwner(oid, ask) {
  const rows = await ask(`SELECT CASE deptype WHEN 'i' THEN 'Sequence for identity column: ' ELSE 'Owned by: ' END
    || format('%s.%s.%s', n.nspname, c.relname, a.attname) AS line
    FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = ${oid} AND d.deptype IN ('a', 'i')`);
  return rows.map(({ line }) => String(line));
}

/** @param {string} oid */
export function indexColumns(oid) {
  return `SELECT a.attname AS "Column", format_type(a.atttypid, a.atttypmod) AS "Type",
    CASE WHEN a.attnum <= i.indnkeyatts THEN 'yes' ELSE 'no' END AS "Key?",
    pg_get_indexdef(a.attrelid, a.attnum, true) AS "Definition"
    FROM pg_attribute a JOIN pg_index i ON i.indexrelid = a.attrelid
    WHERE a.attrelid = ${oid} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;
}

/** @param {string} oid @param {Ask} ask */
export async function indexNote(oid, ask) {
  const rows = await ask(`SELECT concat(CASE WHEN indisprimary THEN 'primary key, ' WHEN indisunique THEN 'unique, ' END,
    am.amname, format(', for table "%s.%s"', n.nspname, c2.relname),
    ', predicate (' || pg_get_expr(indpred, indrelid, true) || ')',
    CASE WHEN NOT indisvalid THEN ', invalid' END) AS line
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
    JOIN pg_class c2 ON c2.oid = i.indrelid JOIN pg_namespace n ON n.oid = c2.relnamespace WHERE c.oid = ${oid}`);
  return rows.map(({ line }) => String(line));
}
