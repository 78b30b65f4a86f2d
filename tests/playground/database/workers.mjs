// Starts the workers of the playground in Node, with their assets from a local server.
import { setMaxListeners } from "node:events";
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { Worker, MessageChannel } from "node:worker_threads";
import { Splitter } from "../../../src/playground/database/splitter.js";
import * as wire from "../../../src/playground/database/wire.js";

const source = new URL("../../../src/playground/database/", import.meta.url);
const prepared = process.env.PREPARED_DATA;
if (!prepared || !existsSync(prepared)) throw new Error("PREPARED_DATA names no folder");

const server = createServer((request, response) => {
  createReadStream(prepared + request.url).on("error", () => response.writeHead(404).end()).pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
server.unref();
const base = `http://127.0.0.1:${server.address().port}`;

export const postgresAssets = {
  wasm: `${base}/postgres.wasm`,
  files: `${base}/postgres.files`,
  packs: Object.fromEntries(
    readdirSync(`${prepared}/packs`).map((name) => [name, `${base}/packs/${name}`]),
  ),
};
export const valkeyAssets = { wasm: `${base}/valkey.wasm` };

export class TestWorker {
  #waiting = [];

  constructor(name) {
    this.progress = 0;
    this.worker = new Worker(new URL("node_worker.mjs", import.meta.url), { workerData: new URL(name, source).href });
    this.worker.on("message", (message) => this.#receive(message));
    this.worker.on("error", (error) => this.#receive({ type: "failed", message: error.stack }));
  }

  #receive(message) {
    if (message.type === "progress") this.progress = message.loaded;
    if (message.type === "failed") for (const { reject } of this.#waiting) reject(new Error(message.message));
    this.#waiting = this.#waiting.filter((one) => one.type !== message.type || (one.resolve(message), false));
  }

  answer(type) {
    return new Promise((resolve, reject) => this.#waiting.push({ type, resolve, reject }));
  }

  async start(assets) {
    const ready = this.answer("ready");
    this.worker.postMessage({ type: "start", ...assets });
    await ready;
  }

  connect(name = "test") {
    const { port1, port2 } = new MessageChannel();
    this.worker.postMessage({ type: "connect", name, port: port2 }, [port2]);
    return port1;
  }

  async reset() {
    const done = this.answer("reset");
    this.worker.postMessage({ type: "reset" });
    await done;
  }

  stop() {
    return this.worker.terminate();
  }
}

/** A connection that speaks PostgreSQL's protocol by hand. */
export class Pipe {
  static #numbers = 0;
  #messages = [];
  #splitter = new Splitter();
  #wake = () => {};
  closed = false;

  constructor(port) {
    this.port = port;
    this.number = ++Pipe.#numbers;
    this.raw = [];
    const on = ({ data: packet }) => {
      if (packet.connection !== this.number) return;
      if (packet.data === null) this.closed = true;
      else if (packet.data.length === 1) this.raw.push(packet.data[0]); // the answer to SSLRequest
      else this.#messages.push(...this.#splitter.push(packet.data));
      this.#wake();
    };
    port.addEventListener("message", on);
    port.start();
    setMaxListeners(0, port);
    port.postMessage({ connection: this.number, open: true });
  }

  send(...parts) {
    for (const data of parts) this.port.postMessage({ connection: this.number, data });
  }

  close() {
    this.port.postMessage({ connection: this.number, data: null });
  }

  /** All messages up to the first of this type, or to the end of the connection. */
  async until(type) {
    for (;;) {
      const at = this.#messages.findIndex((message) => message.type === type);
      if (at >= 0) return this.#messages.splice(0, at + 1);
      if (this.closed) return this.#messages.splice(0);
      await new Promise((resolve) => (this.#wake = resolve));
    }
  }

  async start(parameters = { user: "postgres", database: "postgres" }) {
    this.send(wire.startup(parameters));
    return this.until("Z");
  }

  async query(sql) {
    this.send(wire.query(sql));
    return this.until("Z");
  }

  /** The values of the first row, or the code of the error. */
  async ask(sql) {
    return result(await this.query(sql));
  }
}

export function result(messages) {
  const failed = messages.find(({ type }) => type === "E");
  if (failed && process.env.DEBUG) console.log(wire.fields(failed.body));
  if (failed) return wire.fields(failed.body).C;
  const row = messages.find(({ type }) => type === "D");
  return row ? wire.values(row.body) : [];
}

export function error(messages) {
  return wire.fields(messages.find(({ type }) => type === "E").body);
}

export function types(messages) {
  return messages.map(({ type }) => type).join("");
}
