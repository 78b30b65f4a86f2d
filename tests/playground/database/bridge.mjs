// The tab's PostgreSQL and Valkey behind real sockets, for real drivers: prints the two ports, and
// ends when its stdin does.
import { createServer } from "node:net";
import { TestWorker, postgresAssets, valkeyAssets } from "./workers.mjs";

async function serve(name, assets) {
  const worker = new TestWorker(name);
  await worker.start({ ...assets, patience: 2000 });
  const port = worker.connect();
  const sockets = new Map();
  port.on("message", ({ connection, data }) => {
    if (data === null) sockets.get(connection)?.end();
    else sockets.get(connection)?.write(data);
  });
  let numbers = 0;
  const server = createServer((socket) => {
    const connection = ++numbers;
    sockets.set(connection, socket);
    port.postMessage({ connection, open: true });
    socket.on("data", (data) => port.postMessage({ connection, data: new Uint8Array(data) }));
    socket.on("close", () => port.postMessage({ connection, data: null }));
    socket.on("error", () => {});
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server.address().port;
}

const ports = [await serve("postgres_worker.js", postgresAssets), await serve("valkey_worker.js", valkeyAssets)];
console.log(ports.join(" "));
process.stdin.on("end", () => process.exit(0)).resume();
