/** valkey-cli's prompt for the playground. */

import { Reader, command } from "./resp.js";
import { format, words } from "./valkey_text.js";

/** @typedef {import("./resp.js").Reply} Reply */
/** @typedef {import("./pipes.js").Packet} Packet */

const REPORTS =
  /^(info\b.*|client (list|info)|memory (doctor|malloc-stats)|cluster (info|nodes)|latency (doctor|graph))$/i;

export class ValkeyConsole {
  #reader = new Reader();
  #number = 0;
  #open = false;
  /** @type {((reply: Reply | null) => void) | null} */
  #take = null;
  #print;
  #port;

  /**
   * @param {MessagePort} port  to the Valkey worker, and for this console alone
   * @param {(text: string) => void} [print]  gets what comes unasked: messages of channels
   */
  constructor(port, print = () => {}) {
    this.#port = port;
    this.#print = print;
    port.onmessage = ({ data }) => this.#receive(/** @type {Packet} */ (data));
  }

  /**
   * Runs a line of the prompt.
   * @param {string} line
   * @returns {Promise<string>}  what is printed, with a newline at its end unless it is empty
   */
  async run(line) {
    const list = words(line);
    if (!list) return "Invalid argument(s)\n";
    const [first] = list;
    if (!first) return "";
    if (!this.#open) await this.#connect();
    const reply = await this.#exchange(list);
    if (!reply) return "Error: Server closed the connection\n";
    if (reply.kind === "bulk" && isReport(list)) return new TextDecoder().decode(reply.bytes);
    return `${format(reply)}\n`;
  }

  #connect() {
    this.#open = true;
    this.#reader = new Reader();
    this.#port.postMessage({ connection: ++this.#number, open: true });
  }

  /** @param {Uint8Array[]} list @returns {Promise<Reply | null>} */
  #exchange(list) {
    return new Promise((resolve) => {
      this.#take = resolve;
      this.#port.postMessage({ connection: this.#number, data: command(list) });
    });
  }

  /** @param {Packet} packet */
  #receive({ connection, data }) {
    if (connection !== this.#number) return;
    for (const reply of data ? this.#reader.push(data) : []) {
      if (!this.#take) this.#print(`${format(reply)}\n`);
      this.#take?.(reply);
      this.#take = null;
    }
    if (data !== null) return;
    this.#open = false;
    this.#take?.(null);
    this.#take = null;
  }
}

/** Replies that are texts for people are shown as they are. @param {Uint8Array[]} list */
function isReport(list) {
  return REPORTS.test(list.map((word) => new TextDecoder().decode(word)).join(" "));
}
