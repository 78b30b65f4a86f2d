// Runs SQL scripts with psql.js on the tab's PostgreSQL, each on an empty database, and prints
// what it printed as JSON: `node print_scripts.mjs FILE...`.
import { readFileSync } from "node:fs";
import { PostgresClient } from "../../../src/playground/database/client.js";
import { Psql } from "../../../src/playground/database/psql.js";
import { TestWorker, postgresAssets } from "./workers.mjs";

const worker = new TestWorker("postgres_worker.js");
await worker.start(postgresAssets);
const client = new PostgresClient(worker.connect());
const printed = {};
for (const path of process.argv.slice(2)) {
  await worker.reset();
  printed[path] = "";
  const psql = new Psql((sql) => client.query(sql));
  for await (const part of psql.script(readFileSync(path, "utf8"))) printed[path] += part;
}
console.log(JSON.stringify(printed));
process.exit(0);
