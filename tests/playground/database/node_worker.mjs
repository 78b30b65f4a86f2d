// Gives a worker of the browser what it expects, in a worker of Node.
import { parentPort, workerData } from "node:worker_threads";

globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
let handler = null;
const early = [];
Object.defineProperty(globalThis, "onmessage", {
  set(value) {
    handler = value;
    for (const data of early.splice(0)) handler({ data });
  },
});
parentPort.on("message", (data) => (handler ? handler({ data }) : early.push(data)));
await import(workerData);
