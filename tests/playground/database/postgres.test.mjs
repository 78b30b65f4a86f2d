// PostgreSQL in its worker, spoken to byte by byte.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { statSync } from "node:fs";
import * as wire from "../../../src/playground/database/wire.js";
import { Pipe, TestWorker, error, postgresAssets, result, types } from "./workers.mjs";

const worker = new TestWorker("postgres_worker.js");
let port;
const open = async (parameters) => {
  const pipe = new Pipe(port);
  await pipe.start(parameters);
  return pipe;
};

before(async () => {
  await worker.start({ ...postgresAssets, patience: 1500 });
  port = worker.connect();
});
afterEach(() => worker.reset());
after(() => worker.stop());

const parse = (name, sql) => wire.message("P", name, sql, new Uint8Array(2));
const bind = (name) => wire.message("B", "", name, new Uint8Array(6));
const execute = () => wire.message("E", "", wire.int32s(0));
const sync = () => wire.message("S");

test("progress counts every byte of the download", () => {
  const size = (name) => statSync(`${process.env.PREPARED_DATA}/${name}`).size;
  assert.equal(worker.progress, size("postgres.wasm") + size("postgres.files"));
});

test("bytes may come one by one, and SSL is refused", async () => {
  const pipe = new Pipe(port);
  const ask = wire.message("", wire.int32s(wire.SSL_REQUEST));
  pipe.send(...[...ask].map((byte) => Uint8Array.of(byte)));
  const start = wire.startup({ user: "postgres", database: "postgres", application_name: "test" });
  pipe.send(...[...start].map((byte) => Uint8Array.of(byte)));
  const greeting = await pipe.until("Z");
  assert.deepEqual(pipe.raw, [78]);
  const parameters = Object.fromEntries(
    greeting.filter(({ type }) => type === "S").map(({ body }) => wire.cstrings(body)),
  );
  assert.match(parameters.server_version, /^18\./);
  assert.equal(parameters.client_encoding, "UTF8");
  assert.equal(parameters.application_name, "test");
  pipe.send(...[...wire.query("SELECT 'ä'")].map((byte) => Uint8Array.of(byte)));
  assert.deepEqual(result(await pipe.until("Z")), ["ä"]);
});

test("an unknown database, and an unknown role, are refused as PostgreSQL does", async () => {
  const greet = async (parameters) => {
    const { S, C, M } = error(await new Pipe(port).start(parameters));
    return [S, C, M];
  };
  assert.deepEqual(await greet({ user: "postgres", database: "shop" }), [
    "FATAL", "3D000", 'database "shop" does not exist',
  ]);
  assert.deepEqual(await greet({ user: "ada", database: "postgres" }), [
    "FATAL", "28000", 'role "ada" does not exist',
  ]);
  assert.deepEqual(await greet({ user: "postgres", nonsense: "1" }), [
    "FATAL", "42704", 'unrecognized configuration parameter "nonsense"',
  ]);
});

test("a session works as the role that it names", async () => {
  const owner = await open();
  await owner.query("CREATE ROLE reader LOGIN; CREATE TABLE secrets (a int)");
  const reader = await open({ user: "reader", database: "postgres" });
  assert.deepEqual(await reader.ask("SELECT session_user"), ["reader"]);
  assert.equal(await reader.ask("SELECT * FROM secrets"), "42501");
  assert.deepEqual(await owner.ask("SELECT session_user"), ["postgres"]);
  assert.deepEqual(await reader.ask("SELECT current_user"), ["reader"]);
});

test("settings belong to a session", async () => {
  const [one, other] = [await open(), await open({ user: "postgres", TimeZone: "Asia/Tokyo" })];
  await one.query("SET work_mem = '1MB'");
  assert.deepEqual(await other.ask("SHOW work_mem"), ["4MB"]);
  assert.deepEqual(await other.ask("SHOW timezone"), ["Asia/Tokyo"]);
  assert.deepEqual(await one.ask("SHOW work_mem"), ["1MB"]);
  assert.deepEqual(await one.ask("SHOW timezone"), ["UTC"]);
});

test("a session in a transaction keeps its turn, and the other one waits", async () => {
  const [one, other] = [await open(), await open()];
  await one.query("CREATE TABLE t (a int)");
  await one.query("BEGIN");
  await one.query("INSERT INTO t VALUES (1)");
  const waiting = other.ask("SELECT count(*) FROM t");
  await one.query("COMMIT");
  assert.deepEqual(await waiting, ["1"]);
});

test("who waits too long is told why, in both protocols, and can go on", async () => {
  const [one, other] = [await open(), await open()];
  await one.query("BEGIN");
  const refused = await other.query("SELECT 1");
  assert.equal(types(refused), "EZ");
  assert.equal(error(refused).C, "55P03");
  assert.match(error(refused).M, /another connection is in a transaction/);
  other.send(parse("", "SELECT 1"), bind(""), execute(), sync());
  assert.equal(types(await other.until("Z")), "EZ");
  await one.query("COMMIT");
  assert.deepEqual(await other.ask("SELECT 2"), ["2"]);
});

test("COPY FROM STDIN is refused, and fails the transaction as an error does", async () => {
  const pipe = await open();
  await pipe.query("CREATE TABLE t (a int)");
  const copy = "/* c */ copy t\n FROM -- where from\n STDIN WITH (FORMAT csv)";
  assert.equal(error(await pipe.query(copy)).M, "COPY FROM STDIN does not work in this tab");
  assert.equal(await pipe.ask(`SELECT 1; ${copy}`), "0A000");
  pipe.send(parse("", copy), bind(""), execute(), sync());
  assert.equal(error(await pipe.until("Z")).C, "0A000");
  await pipe.query("BEGIN");
  const failed = await pipe.query(copy);
  assert.equal(failed.at(-1).body[0], "E".charCodeAt(0));
  await pipe.query("ROLLBACK");
  assert.deepEqual(await pipe.ask("SELECT 'COPY t FROM STDIN'"), ["COPY t FROM STDIN"]);
  assert.equal(types(await pipe.query("COPY (SELECT 1) TO STDOUT")), "HdcCZ");
});

test("prepared statements belong to a session, the unnamed one too", async () => {
  const [one, other] = [await open(), await open()];
  const run = async (pipe, name) => {
    pipe.send(bind(name), execute(), sync());
    return result(await pipe.until("Z"));
  };
  for (const name of ["", "same"]) {
    one.send(parse(name, "SELECT 'one'"), sync());
    assert.equal(types(await one.until("Z")), "1Z");
    other.send(parse(name, "SELECT 'other'"), sync());
    assert.equal(types(await other.until("Z")), "1Z");
    assert.deepEqual(await run(one, name), ["one"]);
    assert.deepEqual(await run(other, name), ["other"]);
    assert.deepEqual(await run(one, name), ["one"]);
  }
});

test("an ended session leaves nothing", async () => {
  const stays = await open();
  const leaves = await open();
  await leaves.query("CREATE TABLE kept (a int)");
  await leaves.query("CREATE TEMP TABLE scratch (a int)");
  await leaves.query("PREPARE p AS SELECT 1");
  await leaves.query("SET search_path = nowhere");
  await leaves.query("BEGIN");
  await leaves.query("INSERT INTO kept VALUES (1)");
  leaves.close();
  await leaves.until("none");
  assert.deepEqual(await stays.ask("SELECT count(*) FROM kept"), ["0"]);
  assert.equal(await stays.ask("SELECT * FROM scratch"), "42P01");
  stays.send(wire.message("X"));
  await stays.until("none");
  const next = await open();
  assert.deepEqual(await next.ask("SELECT count(*) FROM pg_prepared_statements"), ["0"]);
});

test("a listener in another session is notified", async () => {
  const [listener, sender] = [await open(), await open()];
  await listener.query('LISTEN news; LISTEN "Other"');
  await sender.query("NOTIFY news, 'hello'");
  const [notice] = (await listener.until("A")).slice(-1);
  assert.deepEqual(wire.text(notice.body.subarray(4)).split("\0").slice(0, 2), ["news", "hello"]);
  await sender.query("UNLISTEN *");
  await sender.query('NOTIFY "Other"');
  assert.equal((await listener.until("A")).at(-1).type, "A");
});

test("statement_timeout ends a statement that waits; idle timeouts end nothing", async () => {
  const pipe = await open();
  await pipe.query("SET statement_timeout = 100; SET idle_in_transaction_session_timeout = 50");
  const started = performance.now();
  assert.equal(await pipe.ask("SELECT pg_sleep(20)"), "57014");
  assert.ok(performance.now() - started < 5000);
  await pipe.query("SET statement_timeout = 0");
  assert.deepEqual(await pipe.ask("SELECT pg_sleep(0.2)"), [""]);
  await pipe.query("BEGIN");
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(await pipe.ask("SELECT 1"), ["1"]);
});

test("a request to cancel does nothing, and closes", async () => {
  const pipe = new Pipe(port);
  pipe.send(wire.message("", wire.int32s(wire.CANCEL_REQUEST, 1, 1)));
  assert.deepEqual(await pipe.until("none"), []);
});
