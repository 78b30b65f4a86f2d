/**
 * The worker that holds PostgreSQL. Messages to it:
 *   {type: "start", wasm: URL, files: URL, packs: {name: URL}}  what prepare_data.mjs made
 *   {type: "connect", name, port}     the port carries byte pipes: see pipes.js
 *   {type: "disconnect", name}        closes the connections of that port
 *   {type: "reset"}                   empties the database; answered with {type: "reset"}
 * and from it: {type: "progress", loaded} bytes as sent, {type: "ready"}, {type: "failed", message}.
 *
 * What differs from a real server, because there is one backend and it cannot be interrupted:
 * a transaction makes the other sessions wait (55P03 after `patience`); a request to cancel has no
 * effect; statement_timeout ends what waits or reads (pg_sleep), not what only calculates;
 * temporary tables and advisory locks are seen by all sessions that are open at the same time;
 * a FATAL error (transaction_timeout) ends the backend, and a new one starts empty.
 */

import { unpack } from "./archive.js";
import { Backend } from "./backend.js";
import { Engine } from "./engine.js";
import { Packs } from "./packs.js";
import { fetchFile, fetchModule } from "./programs.js";
import { serveWorker } from "./serving.js";
import { Server } from "./server.js";

/**
 * @typedef {object} StartMessage
 * @property {string} wasm
 * @property {string} files
 * @property {Record<string, string>} packs
 * @property {number} [patience]  milliseconds that a session waits for another's transaction
 */

serveWorker(async (/** @type {StartMessage} */ { wasm, files, packs, patience }, onbytes) => {
  const [module, bytes] = await Promise.all([fetchModule(wasm, onbytes), fetchFile(files, onbytes)]);
  const archive = unpack(bytes);
  /** @type {import("./server.js").Start} */
  const start = async (libraries, more) => {
    const engine = await Engine.start(module, archive);
    for (const each of more) engine.addFiles(each);
    return new Backend(engine, libraries);
  };
  return new Server(await start(["plpgsql"], []), new Packs(packs), start, patience);
});
