/**
 * The worker that holds Valkey. Messages to it:
 *   {type: "start", wasm: URL}        what prepare_data.mjs made
 *   {type: "connect", name, port}, {type: "disconnect", name}, {type: "reset"}
 * and from it, as the PostgreSQL worker's: progress, ready, failed, reset.
 */

import { fetchModule } from "./programs.js";
import { serveWorker } from "./serving.js";
import { Valkey } from "./valkey.js";

serveWorker(async (/** @type {{wasm: string}} */ { wasm }, onbytes) =>
  Valkey.start(await fetchModule(wasm, onbytes)),
);
