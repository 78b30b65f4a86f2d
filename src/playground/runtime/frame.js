// The frame has an origin of its own: its workers cannot touch the page, its storage or any host.
// It starts a worker for each program of the page, and ends it; they talk through a port.

/** @type {Map<string, Worker>} */
const workers = new Map();
/** @type {Map<string, unknown>} what each kind of worker gave for those after it, before it ran anything */
const kept = new Map();

/** @typedef {{name: string, number: number, program: string}} Order  `number`: of the start */
/** @type {Record<string, (order: Order, ports: readonly MessagePort[]) => void>} */
const handlers = {
  start({ name, number, program }, ports) {
    end(name);
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.onerror = ({ message = "A worker could not be started.", lineno = 0 }) => {
      parent.postMessage({ type: "failed", name, number, message, line: lineno }, "*");
    };
    worker.onmessage = ({ data }) => kept.has(name) || kept.set(name, data);
    workers.set(name, worker);
    worker.postMessage(kept.get(name), [...ports]);
  },
  end: ({ name }) => end(name),
};

/** @param {string} name */
function end(name) {
  workers.get(name)?.terminate();
  workers.delete(name);
}

addEventListener("message", ({ data, ports, source }) => {
  if (source === parent) handlers[data.type]?.(data, ports);
});
parent.postMessage({ type: "ready" }, "*");
