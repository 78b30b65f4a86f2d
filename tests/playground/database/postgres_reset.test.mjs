// The database after a reset: as new, whatever a listing did.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as wire from "../../../src/playground/database/wire.js";
import { Pipe, TestWorker, postgresAssets } from "./workers.mjs";

const worker = new TestWorker("postgres_worker.js");
let port;
const open = async () => {
  const pipe = new Pipe(port);
  await pipe.start();
  return pipe;
};

before(async () => {
  await worker.start(postgresAssets);
  port = worker.connect();
});
after(() => worker.stop());

const TRACES = `
  CREATE TABLE t (a int PRIMARY KEY, b text); INSERT INTO t SELECT n, repeat('x', 100) FROM generate_series(1, 5000) n;
  CREATE SCHEMA shop; CREATE ROLE ada LOGIN; GRANT ALL ON SCHEMA public TO ada;
  ALTER ROLE postgres SET work_mem = '1MB'; ALTER DATABASE postgres SET statement_timeout = 1000;
  ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ada;
  SELECT lo_from_bytea(0, 'bytes'); CREATE TEMP TABLE s (a int); SET search_path = shop;
  CREATE PUBLICATION p; CREATE FUNCTION pg_catalog.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
  COMMENT ON SCHEMA public IS 'changed'; DROP SCHEMA public CASCADE`;
const APART = ["ALTER SYSTEM SET work_mem = '2MB'", "CREATE DATABASE other", "VACUUM FULL", "CHECKPOINT"];
const STATE = `SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_namespace),
  (SELECT count(*) FROM pg_roles), (SELECT count(*) FROM pg_db_role_setting),
  (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_database),
  (SELECT count(*) FROM pg_extension), (SELECT count(*) FROM pg_default_acl), (SELECT nspacl FROM pg_namespace
  WHERE nspname = 'public'), obj_description('public'::regnamespace), current_setting('work_mem'),
  (SELECT count(*) FROM pg_ls_dir('base')), (SELECT count(*) FROM pg_ls_dir('pg_wal')),
  (SELECT setting FROM pg_file_settings WHERE name = 'work_mem'), (SELECT count(*) FROM pg_publication)`;

test("nothing that SQL made outlives a reset, not even the numbers", async () => {
  const seen = [];
  for (let round = 0; round < 3; round++) {
    const pipe = await open();
    const state = await pipe.ask(STATE);
    assert.ok(Array.isArray(state), state);
    const made = await pipe.ask("CREATE TABLE n (); SELECT 'n'::regclass::oid, txid_current()");
    seen.push([...state, ...made]);
    await pipe.query("DROP TABLE n");
    const done = await pipe.query(TRACES);
    assert.ok(!done.some(({ type }) => type === "E"), "a statement has failed");
    for (const sql of APART) assert.deepEqual(await pipe.ask(sql), []);
    await worker.reset();
    assert.ok(pipe.closed);
  }
  assert.deepEqual(seen[1], seen[0]);
  assert.deepEqual(seen[2], seen[0]);
});

test("a reset in a transaction, and one after the other", async () => {
  const pipe = await open();
  await pipe.query("BEGIN; CREATE TABLE t (a int)");
  await Promise.all([worker.reset(), worker.reset()]);
  assert.equal(await (await open()).ask("SELECT * FROM t"), "42P01");
});

test("extensions are there when they are asked for, after a reset too", async () => {
  for (let round = 0; round < 3; round++) {
    const pipe = await open();
    assert.deepEqual(await pipe.ask("CREATE EXTENSION pageinspect"), []);
    assert.deepEqual(await pipe.ask("CREATE TABLE t (a int UNIQUE)"), []);
    assert.deepEqual(await pipe.ask("SELECT level FROM bt_metap('t_a_key')"), ["0"]);
    assert.deepEqual(await pipe.ask("CREATE EXTENSION pg_walinspect; CREATE EXTENSION pg_trgm"), []);
    assert.deepEqual(await pipe.ask("SELECT similarity('word', 'words') > 0.5"), ["t"]);
    assert.deepEqual(await pipe.ask("SELECT to_tsvector('english', 'the cats')"), ["'cat':2"]);
    assert.deepEqual(await pipe.ask(`SELECT 'a' < 'B' COLLATE "und-x-icu"`), ["t"]);
    assert.deepEqual(await pipe.ask("SELECT timestamptz '2026-07-01 12:00Z' AT TIME ZONE 'Europe/Berlin'"), [
      "2026-07-01 14:00:00",
    ]);
    await worker.reset();
  }
});

test("what cannot be had is said by PostgreSQL", async () => {
  assert.equal(await (await open()).ask("CREATE EXTENSION postgis"), "0A000");
});

test("the backend may end; another one starts, empty", async () => {
  const [one, other] = [await open(), await open()];
  await one.query("CREATE TABLE t (a int)");
  one.send(wire.message("!")); // no such message: PostgreSQL ends the backend
  await Promise.all([one.until("none"), other.until("none")]);
  assert.ok(one.closed && other.closed);
  assert.equal(await (await open()).ask("SELECT * FROM t"), "42P01");
});

test("an unused database is reset at once", async () => {
  await worker.reset();
  const times = [];
  for (let round = 0; round < 10; round++) {
    const started = performance.now();
    await worker.reset();
    times.push(performance.now() - started);
  }
  assert.ok(Math.min(...times) < 20, `${times} ms`); // the least: others may use this machine, too
});
