// Output in batches: a message for each print would drown the page in a long loop.

const AT_LEAST = 16; // milliseconds between two messages in a flood: one frame of the screen
const AT_MOST = 16_384; // characters in one
const AT_ONCE = 64; // messages that go without waiting: what is printed before a long loop is seen

export class Printer {
  /** @param {(stream: "stdout" | "stderr", text: string) => void} show */
  constructor(show) {
    this.show = show;
    /** @type {"stdout" | "stderr"} */
    this.stream = "stdout";
    this.text = "";
    this.shown = 0;
    this.allowed = AT_ONCE;
  }

  /** @param {"stdout" | "stderr"} stream @param {string} text */
  print(stream, text) {
    if (stream !== this.stream) this.flush();
    this.stream = stream;
    this.text += text;
    const since = performance.now() - this.shown;
    if (this.text.length > AT_MOST || since > AT_LEAST || this.allowed >= 1) this.flush();
  }

  flush() {
    if (!this.text) return;
    this.show(this.stream, this.text);
    const now = performance.now();
    this.allowed = Math.max(0, Math.min(AT_ONCE, this.allowed + (now - this.shown) / AT_LEAST) - 1);
    this.text = "";
    this.shown = now;
  }
}
