import { createServer } from "node:http";

const [clientLeft, booked] = [Promise.withResolvers(), Promise.withResolvers()];

const ledger = [];
const bank = createServer(async (request, response) => {
  if (request.method === "POST") {
    await clientLeft.promise;
    ledger.push("30 to Grace");
    booked.resolve();
  }
  response.end("paid");
});
await new Promise((resolve) => bank.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${bank.address().port}/payments`;
await (await fetch(url)).text(); // the connection is open before the clock starts

// --8<-- [start:client]
try {
  const signal = AbortSignal.timeout(300); // (1)!
  await fetch(url, { method: "POST", signal });
} catch (error) {
  console.log(error.name);
  //> TimeoutError
}
console.log(ledger);
//> []
clientLeft.resolve();
await booked.promise;
console.log(ledger);
//> [ '30 to Grace' ]
// --8<-- [end:client]
bank.closeAllConnections();
bank.close();
