/**
 * The worker that holds PostgreSQL. Messages to it:
 *   {type: "start", wasm: URL, files: URL, packs: {name: URL}}  what prepare_data.mjs made
 *   {type: "connect", name, port}     the port carries byte pipes: see pipes.js
 *   {type: "disconnect", name}        closes the connections of that port
 *   {type: "reset"}                   empties the database; answered with {type: "reset"}
 * and from it: {type: "progress", loaded} bytes as sent, {type: "ready"}, {type: "failed", message}.
 */

import { unpack } from "./archive.js";
import { fetchBytes, fetchModule } from "./assets.js";
import { Backend } from "./backend.js";
import { Engine } from "./engine.js";
import { Packs } from "./packs.js";
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
  const [module, bytes] = await Promise.all([fetchModule(wasm, onbytes), fetchBytes(files, onbytes)]);
  const archive = unpack(bytes);
  /** @type {import("./server.js").Start} */
  const start = async (libraries, more) => {
    const engine = await Engine.start(module, archive);
    for (const each of more) engine.addFiles(each);
    return new Backend(engine, libraries);
  };
  return new Server(await start(["plpgsql"], []), new Packs(packs), start, patience);
});
