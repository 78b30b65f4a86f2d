// The frame has an origin of its own: its workers cannot touch the page, its storage or any host.
// It starts a worker for each program of the page, and ends it; they talk through a port.

/** @type {Map<string, Worker>} */
const workers = new Map();
/** @type {(module: Promise<WebAssembly.Module>) => void} */
let provide;
/** @type {Promise<WebAssembly.Module>} what the page has compiled here, for the worker that waits */
const compiled = new Promise((resolve) => (provide = resolve));

/** @typedef {{name: string, program: string, waits: boolean, bytes: Uint8Array<ArrayBuffer>}} Order */
/** @type {Record<string, (order: Order, ports: readonly MessagePort[]) => void>} */
const handlers = {
  compile({ bytes }) {
    provide(WebAssembly.compile(bytes));
  },
  async start({ name, program, waits }, ports) {
    end(name);
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.onerror = ({ message = "A worker could not be started.", lineno = 0 }) => {
      parent.postMessage({ type: "failed", name, message, line: lineno }, "*");
    };
    workers.set(name, worker);
    worker.postMessage({ wasm: waits ? await compiled : undefined }, [...ports]);
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
