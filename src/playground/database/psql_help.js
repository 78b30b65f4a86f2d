/** What \? prints: the commands that this psql knows. */
export const HELP = `General
  \\?                     show this help
  \\conninfo              display information about current connection
  \\echo [STRING]         write string to the output
  \\g, \\gx                execute query (\\gx: with expanded output)
  \\r                     reset (clear) the query buffer
  \\timing [on|off]       toggle timing of commands

Informational
  \\d                     list tables, views, and sequences
  \\d      NAME           describe table, view, sequence, or index
  \\df     [PATTERN]      list functions
  \\di     [PATTERN]      list indexes
  \\dm     [PATTERN]      list materialized views
  \\dn     [PATTERN]      list schemas
  \\ds     [PATTERN]      list sequences
  \\dt     [PATTERN]      list tables
  \\dT     [PATTERN]      list data types
  \\du     [PATTERN]      list roles
  \\dv     [PATTERN]      list views
  \\dx     [PATTERN]      list extensions
  \\l      [PATTERN]      list databases

Formatting
  \\pset null STRING      what NULL is shown as
  \\x [on|off]            toggle expanded output
`;
