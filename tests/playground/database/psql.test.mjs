// psql.js at its prompt. What it prints for scripts is compared with psql itself: test_database.py.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PostgresClient } from "../../../src/playground/database/client.js";
import { Psql } from "../../../src/playground/database/psql.js";
import { outline } from "../../../src/playground/database/sql_text.js";
import { SplitScript } from "../../../src/playground/database/psql_split.js";
import { TestWorker, postgresAssets } from "./workers.mjs";

const worker = new TestWorker("postgres_worker.js");
let psql;

before(async () => {
  await worker.start(postgresAssets);
  const client = new PostgresClient(worker.connect());
  psql = new Psql((sql) => client.query(sql));
});
after(() => worker.stop());

test("the prompt shows tags, and what state it is in", async () => {
  assert.equal(psql.prompt, "postgres=# ");
  assert.equal(await psql.console("CREATE TABLE users"), "");
  assert.equal(psql.prompt, "postgres-# ");
  assert.equal(await psql.console("(id int, name text);"), "CREATE TABLE\n");
  assert.equal(await psql.console("BEGIN;"), "BEGIN\n");
  assert.equal(psql.prompt, "postgres=*# ");
  assert.match(await psql.console("SELEC;"), /^ERROR: {2}syntax error[^]*\^\n$/);
  assert.equal(psql.prompt, "postgres=!# ");
  assert.equal(await psql.console("COMMIT;"), "ROLLBACK\n");
  assert.equal(
    await psql.console("INSERT INTO users VALUES (1, 'ada') RETURNING id;"),
    " id \n----\n  1\n(1 row)\n\nINSERT 0 1\n",
  );
});

test("commands of the prompt", async () => {
  assert.equal(await psql.console("\\x"), "Expanded display is on.\n");
  assert.equal(await psql.console("SELECT 1 AS a;"), "-[ RECORD 1 ]\na | 1\n\n");
  assert.equal(await psql.console("\\x"), "Expanded display is off.\n");
  assert.equal(await psql.console("\\echo hello"), "hello\n");
  assert.equal(await psql.console("\\d nothing"), 'Did not find any relation named "nothing".\n');
  assert.equal(await psql.console("\\dv"), "Did not find any views.\n");
  assert.equal(await psql.console("\\foo"), "invalid command \\foo\nTry \\? for help.\n");
  assert.match(await psql.console("\\?"), /\\dt/);
  assert.match(await psql.console("\\dt"), /^ +List of tables\n[^]* public \| users \| table \| postgres\n\(1 row\)\n\n$/);
  assert.match(await psql.console("\\l"), / postgres +\| postgres \| UTF8 /);
  assert.match(await psql.console("\\dx"), / plpgsql \| 1.0 [^]*PL\/pgSQL procedural language/);
});

test("a reset closes the connection, and the next line opens another", async () => {
  await worker.reset();
  assert.match(await psql.console("SELECT count(*) FROM users;"), /relation "users" does not exist/);
});

test("half a statement can be given up", async () => {
  await psql.console("SELECT 'unfinished");
  assert.equal(psql.prompt, "postgres'# ");
  psql.cancel();
  assert.equal(psql.prompt, "postgres=# ");
});

test("statements are split where psql splits them", () => {
  const split = (text) => [...new SplitScript().push(text, true)].map((item) => item.sql ?? `\\${item.command} ${item.rest}`);
  assert.deepEqual(split("a; -- x;\n/* y; */ b ; \\d users\nc"), ["a;", "/* y; */ b ;", "\\d users", "c"]);
  assert.deepEqual(split("CREATE RULE r AS DO (a; b); c;"), ["CREATE RULE r AS DO (a; b);", "c;"]);
  assert.deepEqual(split("SELECT $1$2;$3;"), ["SELECT $1$2;", "$3;"]);
  assert.deepEqual(split("COPY t FROM STDIN;\n1\tx;y\n\\.\nSELECT 1;"), ["COPY t FROM STDIN;", "SELECT 1;"]);
  assert.deepEqual(outline(`Select "A;b", 'c;d' -- e`), [["select", '"A;b"', ",", "''"]]);
});
