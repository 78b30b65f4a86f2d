/** The list of all assets: the build puts it in (src/playground/building.py). */
declare const ASSETS: import("./python.js").PythonAssets &
  import("./services.js").ServiceAssets & { frame: import("./files.js").Asset };
/** Changes when any asset does: the build puts it in. */
declare const VERSION: string;

// What workers have and TypeScript's types of a page lack.
/** A listing, which javascript.js puts behind its worker's script. */
declare function main(): Promise<void>;
interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response> | Response): void;
}
interface ServiceWorkerGlobalScope extends EventTarget {
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", heard: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", heard: (event: FetchEvent) => void): void;
  addEventListener(type: "message", heard: (event: MessageEvent & ExtendableEvent) => void): void;
}
declare namespace WebAssembly {
  const Tag: unknown;
}
declare module "pyodide/pyodide.asm.mjs" {
  const createPyodideModule: (settings: object) => Promise<any>;
  export default createPyodideModule;
}
