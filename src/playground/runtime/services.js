/** PostgreSQL and Valkey, in workers of the page: what is in them outlives the programs. */

import { Unsupported } from "./supported.js";

/** @import { Asset, Files } from "./files.js" */

/** @typedef {{wasm: Asset, files?: Asset, packs?: Record<string, Asset>}} ServerAssets */
/** @typedef {{postgres: ServerAssets, valkey: ServerAssets, workers: Record<string, Asset>}} ServiceAssets */

export const NAMES = /** @type {const} */ (["postgres", "valkey"]);
const PATIENCE = 2000; // milliseconds
const TITLES = { postgres: "PostgreSQL", valkey: "Valkey" };

/** @typedef {typeof NAMES[number]} Name */

class Service {
  /** @param {Name} name @param {Files} files @param {ServiceAssets} assets */
  constructor(name, files, assets) {
    this.name = name;
    this.files = files;
    this.assets = assets;
    /** @type {Map<string, MessagePort>} ports that were handed out before it was started */
    this.waiting = new Map();
    this.loaded = 0;
    /** @type {Worker | undefined} */
    this.worker = undefined;
    /** @type {Promise<void> | undefined} */
    this.ready = undefined;
    this.answers = false;
    this.untouched = false; // nobody has used it since its start: it is empty
    this.answered = () => {};
    this.onend = () => {};
  }

  /**
   * @param {string} name  of the client; an earlier one of that name is disconnected
   * @returns {MessagePort} a way to it; what is sent there waits until it has started
   */
  connect(name) {
    const { port1, port2: port } = new MessageChannel();
    if (this.worker) this.worker.postMessage({ type: "connect", name, port }, [port]);
    else this.waiting.set(name, port);
    return port1;
  }

  /** @param {string} name  of the client */
  disconnect(name) {
    this.worker?.postMessage({ type: "disconnect", name });
  }

  start() {
    this.ready ??= this.boot();
    this.ready.catch(() => this.end());
    return this.ready;
  }

  async boot() {
    const program = await this.files.text(this.assets.workers[this.name]);
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const worker = (this.worker = new Worker(address));
    this.loaded = 0;
    await new Promise((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }) => {
        if (data.type === "progress") this.arrived(data.loaded);
        if (data.type === "ready") resolve((this.answers = this.untouched = true));
        if (data.type === "reset" || data.type === "answer") this.answered();
        if (data.type === "failed") reject(Unsupported.of(TITLES[this.name], data.message));
      };
      worker.postMessage({ type: "start", ...this.addresses() });
      for (const [name, port] of this.waiting) {
        worker.postMessage({ type: "connect", name, port }, [port]);
      }
      this.waiting.clear();
    });
  }

  /** What the worker fetches itself, by name: compiled while it arrives. */
  addresses() {
    const { packs = {}, ...files } = this.assets[this.name];
    const address = (/** @type {[string, Asset]} */ [name, asset]) => [
      name,
      this.files.address(asset),
    ];
    for (const asset of Object.values(files)) this.files.expect(asset);
    return {
      ...Object.fromEntries(Object.entries(files).map(address)),
      packs: Object.fromEntries(Object.entries(packs).map(address)),
    };
  }

  /** @param {number} loaded  bytes, since the worker's start */
  arrived(loaded) {
    this.files.arrived(loaded - this.loaded);
    this.loaded = loaded;
  }

  /**
   * Empty it, if it has been started. One that is still busy, with what a program left behind,
   * is replaced: it cannot be interrupted.
   */
  async reset() {
    if (!this.untouched) await this.tell("reset");
    this.untouched = false;
  }

  /** @returns {Promise<string>} what is to be said if it was busy, and its data is gone */
  async wake() {
    this.untouched = false;
    if (await this.tell("ask")) return "";
    return `${TITLES[this.name]} could not be interrupted.\nIt was started anew, and is empty.\n`;
  }

  /** @param {"reset" | "ask"} type  @returns {Promise<boolean>} whether it was there to answer */
  async tell(type) {
    if (!this.ready) return true;
    await this.ready;
    const done = new Promise((resolve) => (this.answered = () => resolve(true)));
    this.worker?.postMessage({ type });
    const busy = new Promise((resolve) => setTimeout(resolve, PATIENCE, false));
    if (await Promise.race([done, busy])) return true;
    this.end();
    await this.start();
    return false;
  }

  end() {
    this.worker?.terminate();
    this.worker = this.ready = undefined;
    this.answers = false;
    this.onend();
  }
}

export class Services {
  /** @param {Files} files @param {ServiceAssets} assets */
  constructor(files, assets) {
    this.all = {
      postgres: new Service("postgres", files, assets),
      valkey: new Service("valkey", files, assets),
    };
  }

  /** @param {string[]} needs  as the page names them @returns {Name[]} */
  needed(needs) {
    return NAMES.filter((name) => needs.includes(name === "postgres" ? "postgresql" : name));
  }

  /** @param {Name[]} names @returns {Promise<string>} what has become of those that were busy */
  async wake(names) {
    return (await Promise.all(names.map((name) => this.all[name].wake()))).join("");
  }

  /** @param {Name[]} names */
  async reset(names = [...NAMES]) {
    await Promise.all(names.map((name) => this.all[name].reset()));
  }
}
