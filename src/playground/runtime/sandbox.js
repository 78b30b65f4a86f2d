/** The frame in which the reader's programs run: see frame.js for what it keeps from them. */

export class Sandbox {
  /** @param {URL} address  of the frame's page */
  constructor(address) {
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.hidden = true;
    frame.title = "Programs of this page";
    this.ready = new Promise((resolve, reject) => {
      addEventListener("message", ({ data, source }) => {
        if (source !== frame.contentWindow) return;
        if (data.type === "ready") resolve(undefined);
        if (data.type === "failed") this.onfailed(data);
      });
      frame.onerror = () => reject(new Error("The frame for programs could not be loaded."));
    });
    this.frame = frame;
    /** @type {(failure: {name: string, message: string}) => void} */
    this.onfailed = () => {};
    frame.src = address.href;
    document.body.append(frame);
  }

  /** @param {string} name @param {Uint8Array<ArrayBuffer>} bytes  a WebAssembly module, handed over */
  async compile(name, bytes) {
    await this.send({ type: "compile", name, bytes }, [bytes.buffer]);
  }

  /**
   * Start a worker.
   *
   * @param {string} name  of the worker, and of the module that was compiled for it
   * @param {string} program
   * @returns {Promise<MessagePort>} where it is talked to
   */
  async start(name, program) {
    const { port1, port2 } = new MessageChannel();
    await this.send({ type: "start", name, program }, [port2]);
    return port1;
  }

  /** @param {string} name */
  end(name) {
    return this.send({ type: "end", name });
  }

  /** @param {object} message @param {Transferable[]} [handed] */
  async send(message, handed = []) {
    await this.ready;
    this.frame.contentWindow?.postMessage(message, "*", handed);
  }
}
