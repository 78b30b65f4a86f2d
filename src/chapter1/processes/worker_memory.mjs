import { once } from "node:events";
import { Worker } from "node:worker_threads";

// --8<-- [start:worker]
const worker = new Worker(
  `const { parentPort } = require("node:worker_threads");
   parentPort.once("message", ({ basket, shared }) => {
     basket.push("hat");
     shared[0] = 42;
     parentPort.postMessage(basket);
   });`,
  { eval: true },
); // (1)!

const basket = ["shoes"];
const shared = new Int32Array(new SharedArrayBuffer(4));
worker.postMessage({ basket, shared });
const [sentBack] = await once(worker, "message");

console.log(sentBack);
//> [ 'shoes', 'hat' ]
console.log(basket);
//> [ 'shoes' ]
console.log(shared[0]);
//> 42
// --8<-- [end:worker]
