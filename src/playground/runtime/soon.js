/** A timer of 0 ms waits 4 ms when it is set from a timer; a message does not. */

const { port1, port2 } = new MessageChannel();
/** @type {(() => void)[]} */
const next = [];
port1.onmessage = () => next.shift()?.();

/** @param {() => void} callback */
export function soon(callback) {
  next.push(callback);
  port2.postMessage(null);
}
