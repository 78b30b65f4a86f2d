import { createServer } from "node:http";

const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;

// --8<-- [start:abort]
const controller = new AbortController();
server.once("request", () => controller.abort());  // asked, never answered
try {
  await fetch(address, { signal: controller.signal });
} catch (error) {
  console.log(error.name);
  //> AbortError
}
try {
  await fetch(address, { signal: AbortSignal.timeout(50) });
} catch (error) {
  console.log(error.name);
  //> TimeoutError
}
// --8<-- [end:abort]
server.closeAllConnections();
server.close();
