// Runs SQL scripts with psql.js on the tab's PostgreSQL, each on an empty database, and prints
// what it printed as JSON: `node print_scripts.mjs FILE...`. With --console, as if it were typed.
import { readFileSync } from "node:fs";
import { PostgresClient } from "../../../src/playground/database/client.js";
import { Psql } from "../../../src/playground/database/psql.js";
import { TestWorker, postgresAssets } from "./workers.mjs";

const worker = new TestWorker("postgres_worker.js");
await worker.start(postgresAssets);
const client = new PostgresClient(worker.connect());
const printed = {};
const typed = process.argv.includes("--console");
for (const path of process.argv.slice(2).filter((word) => word !== "--console")) {
  await worker.reset();
  printed[path] = "";
  const psql = new Psql((sql) => client.query(sql));
  const text = readFileSync(path, "utf8");
  if (typed) for (const line of text.split("\n")) printed[path] += await psql.console(line);
  else for await (const part of psql.script(text)) printed[path] += part;
}
console.log(JSON.stringify(printed));
process.exit(0);
