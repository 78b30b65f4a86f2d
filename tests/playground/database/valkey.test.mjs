// Valkey in its worker, and what its prompt prints.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { ValkeyConsole } from "../../../src/playground/database/valkey_cli.js";
import { Reader, command } from "../../../src/playground/database/resp.js";
import { format, words } from "../../../src/playground/database/valkey_text.js";
import { TestWorker, valkeyAssets } from "./workers.mjs";

const worker = new TestWorker("valkey_worker.js");
const pushed = [];
let one, other;

before(async () => {
  await worker.start(valkeyAssets);
  one = new ValkeyConsole(worker.connect("one"), (text) => pushed.push(text));
  other = new ValkeyConsole(worker.connect("other"));
});
afterEach(() => worker.reset());
after(() => worker.stop());

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("replies look as valkey-cli prints them", async () => {
  assert.equal(await one.run('set a "x y\\n"'), "OK\n");
  assert.equal(await one.run("get a"), '"x y\\n"\n');
  assert.equal(await one.run("get nothing"), "(nil)\n");
  assert.equal(await one.run("incr n"), "(integer) 1\n");
  assert.equal(await one.run("incr a"), "(error) ERR value is not an integer or out of range\n");
  await one.run("rpush list 1 2 3 4 5 6 7 8 9 10");
  assert.match(await one.run("lrange list 0 -1"), /^ 1\) "1"\n 2\) "2"\n[^]*\n10\) "10"\n$/);
  assert.equal(await one.run("lrange none 0 -1"), "(empty array)\n");
  assert.equal(await one.run("eval 'return {1,{2,{3}}}' 0"),
    "1) (integer) 1\n2) 1) (integer) 2\n   2) 1) (integer) 3\n");
  assert.match(await one.run("info server"), /^# Server\r\n/);
  assert.equal(await one.run('get "unclosed'), "Invalid argument(s)\n");
  assert.equal(await one.run("  "), "");
});

test("a key expires although nobody looks", async () => {
  await one.run("set a 1 px 50");
  await sleep(400);
  assert.equal(await one.run("dbsize"), "(integer) 0\n");
});

test("a blocked command is answered by another connection, or times out", async () => {
  const waiting = one.run("blpop q 5");
  assert.equal(await other.run("rpush q hello"), "(integer) 1\n");
  assert.equal(await waiting, '1) "q"\n2) "hello"\n');
  const stream = one.run("xread block 5000 streams s $");
  await sleep(50); // it has to wait before it comes
  await other.run("xadd s 1-1 field value");
  assert.match(await stream, /"field"/);
  const started = performance.now();
  assert.equal(await one.run("blpop q 0.2"), "(nil)\n");
  assert.ok(performance.now() - started > 190);
});

test("what is published arrives", async () => {
  await one.run("subscribe news");
  assert.equal(await other.run("publish news hello"), "(integer) 1\n");
  await sleep(50);
  assert.deepEqual(pushed.splice(0), ['1) "message"\n2) "news"\n3) "hello"\n']);
});

test("an error in a script, which unwinds by an exception, does no harm", async () => {
  assert.match(await one.run("eval 'return redis.call(\"nonsense\")' 0"), /^\(error\) ERR/);
  assert.equal(await one.run("ping"), "PONG\n");
});

test("a reset brings a new server: no keys, settings, scripts or connections", async () => {
  await one.run("set a 1");
  await one.run("config set maxmemory 10mb");
  await one.run("script load 'return 1'");
  await worker.reset();
  assert.equal(await one.run("dbsize"), "(integer) 0\n");
  assert.match(await one.run("config get maxmemory"), /"(0|3221225472)"/);
  assert.match(await one.run("script exists e0e1f9fabfc9d4800c877a703b823ac0578ff8db"), /\(integer\) 0/);
  const waiting = one.run("blpop q 0");
  await worker.reset();
  assert.equal(await waiting, "Error: Server closed the connection\n");
});

test("after SHUTDOWN another server answers", async () => {
  assert.equal(await one.run("shutdown nosave"), "Error: Server closed the connection\n");
  assert.equal(await one.run("ping"), "PONG\n");
});

test("a client that leaves is forgotten", async () => {
  const port = worker.connect("leaving");
  port.postMessage({ connection: 1, open: true });
  port.postMessage({ connection: 1, data: command(["client", "setname", "leaving"]) });
  await new Promise((resolve) => (port.onmessage = resolve));
  assert.match(await one.run("client list"), /name=leaving/);
  worker.worker.postMessage({ type: "disconnect", name: "leaving" });
  await sleep(50);
  assert.doesNotMatch(await one.run("client list"), /name=leaving/);
});

test("a line is split into words as the prompt does", () => {
  const split = (line) => words(line)?.map((word) => Buffer.from(word).toString());
  assert.deepEqual(split(`set  a "b \\"c\\" \\x41" 'it\\'s' é`), ["set", "a", 'b "c" A', "it's", "é"]);
  assert.equal(split('get "a"b'), undefined);
  assert.equal(split("get 'a"), undefined);
});

test("replies of RESP3, split anywhere", () => {
  const bytes = new TextEncoder().encode(
    "%2\r\n+a\r\n:1\r\n+b\r\n*2\r\n#t\r\n_\r\n~1\r\n,1.5\r\n=7\r\ntxt:abc\r\n>2\r\n$1\r\nx\r\n(12\r\n$-1\r\n%0\r\n",
  );
  const reader = new Reader();
  const replies = [...bytes].flatMap((byte) => [...reader.push(Uint8Array.of(byte))]);
  assert.deepEqual(replies.map((reply) => format(reply)), [
    '1# a => (integer) 1\n2# b => 1) (true)\n   2) (nil)',
    "1~ (double) 1.5",
    "abc",
    '1> "x"\n2> (big number) 12',
    "(nil)",
    "(empty hash)",
  ]);
});
