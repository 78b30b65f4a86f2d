/** The frame in which the reader's programs run: see frame.js for what it keeps from them. */

/** @typedef {{name: string, message: string, line: number}} Failure  line: from 1, 0 if unknown */

export class Sandbox {
  /** @param {() => Promise<string>} load  gets the frame's HTML; it is not asked for before it is needed */
  constructor(load) {
    this.load = load;
    /** @type {Promise<Window> | undefined} */
    this.opened = undefined;
    this.starts = 0;
    /** @type {Map<string, {number: number, failed: (failure: Failure) => void}>} by the worker's name */
    this.heard = new Map();
  }

  /** @returns {Promise<Window>} the frame, once it listens */
  async open() {
    // Its text, not its address: a service worker serves no frame of an opaque origin.
    const html = await this.load();
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.hidden = true;
    frame.title = "Programs of this page";
    frame.srcdoc = html;
    return new Promise((resolve) => {
      addEventListener("message", ({ data, source }) => {
        if (!source || source !== frame.contentWindow) return;
        if (data.type === "ready") resolve(frame.contentWindow);
        const heard = this.heard.get(data.name); // one that was ended may fail as it ends
        if (data.type === "failed" && heard?.number === data.number) heard?.failed(data);
      });
      document.body.append(frame);
    });
  }

  /**
   * Start a worker.
   *
   * @param {string} name  of the worker; one that has this name is ended
   * @param {string} program
   * @param {(failure: Failure) => void} failed  is told of a mistake that nothing in it catches
   * @returns {Promise<MessagePort>} where it is talked to
   */
  async start(name, program, failed) {
    const { port1, port2 } = new MessageChannel();
    const number = (this.starts += 1);
    this.heard.set(name, { number, failed });
    await this.send({ type: "start", name, number, program }, [port2]);
    return port1;
  }

  /** @param {string} name */
  end(name) {
    return this.send({ type: "end", name });
  }

  /** @param {object} message @param {Transferable[]} [handed] */
  async send(message, handed = []) {
    (await this.ready()).postMessage(message, "*", handed);
  }

  /** @returns {Promise<Window>} the frame; the first call opens it */
  ready() {
    if (!this.opened) {
      this.opened = this.open();
      this.opened.catch(() => (this.opened = undefined)); // the next try loads it anew
    }
    return this.opened;
  }
}
