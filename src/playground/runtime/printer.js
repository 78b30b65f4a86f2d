// Output in batches: a message for each print would drown the page in a long loop.

const AT_LEAST = 16; // milliseconds between two messages: one frame of the screen
const AT_MOST = 16_384; // characters in one

export class Printer {
  /** @param {(stream: "stdout" | "stderr", text: string) => void} show */
  constructor(show) {
    this.show = show;
    /** @type {"stdout" | "stderr"} */
    this.stream = "stdout";
    this.text = "";
    this.shown = 0;
  }

  /** @param {"stdout" | "stderr"} stream @param {string} text */
  print(stream, text) {
    if (stream !== this.stream) this.flush();
    this.stream = stream;
    this.text += text;
    if (this.text.length > AT_MOST || performance.now() - this.shown > AT_LEAST) this.flush();
  }

  flush() {
    if (this.text) this.show(this.stream, this.text);
    this.text = "";
    this.shown = performance.now();
  }
}
