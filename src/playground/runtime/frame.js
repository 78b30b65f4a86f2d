// The frame has an origin of its own: its workers cannot touch the page, its storage or any host.
// It starts a worker for each program of the page, and ends it; they talk through a port.

/** @type {Map<string, Worker>} */
const workers = new Map();
/** @type {Map<string, Promise<WebAssembly.Module>>} */
const compiled = new Map();

/** @typedef {{name: string, program: string, bytes: Uint8Array<ArrayBuffer>}} Order */
/** @type {Record<string, (order: Order, ports: readonly MessagePort[]) => void>} */
const handlers = {
  compile({ name, bytes }) {
    compiled.set(name, WebAssembly.compile(bytes));
  },
  async start({ name, program }, ports) {
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.onerror = ({ message = "A worker could not be started.", lineno = 0 }) => {
      parent.postMessage({ type: "failed", name, message, line: lineno }, "*");
    };
    workers.set(name, worker);
    worker.postMessage({ wasm: await compiled.get(name) }, [...ports]);
  },
  end({ name }) {
    workers.get(name)?.terminate();
    workers.delete(name);
  },
};

addEventListener("message", ({ data, ports, source }) => {
  if (source === parent) handlers[data.type]?.(data, ports);
});
parent.postMessage({ type: "ready" }, "*");
