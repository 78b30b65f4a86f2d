/**
 * Makes statement_timeout work. The server asks for a signal after some time, and Emscripten would
 * send it when JavaScript is idle: after the statement. Here it comes when the server, which is
 * waiting (pg_sleep) or reading, next looks at the clock.
 *
 * In idle time no signal comes at all. So idle_session_timeout and its like never end the backend,
 * and with it everybody's data.
 */

/** @typedef {Record<string, (...parameters: any[]) => any>} Calls */

const CLOCKS = ["clock_time_get", "emscripten_get_now", "emscripten_date_now", "__syscall_poll"];

export class Alarm {
  #due = Infinity;
  #which = 0;
  /** @type {(which: number, now: number) => void} */
  #signal = () => {};

  /**
   * Puts itself between WebAssembly and Emscripten's functions.
   * @param {Record<string, Calls>} imports
   * @returns {Record<string, Calls>}
   */
  around(imports) {
    return Object.fromEntries(Object.entries(imports).map(([name, calls]) => [name, this.#wrap(calls)]));
  }

  /** @param {any} instance  of WebAssembly, just made */
  attach(instance) {
    this.#signal = instance.exports._emscripten_timeout;
  }

  /** @param {Calls} calls @returns {Calls} */
  #wrap(calls) {
    const wrapped = { ...calls };
    for (const name of CLOCKS) {
      const original = calls[name];
      if (!original) continue;
      wrapped[name] = (...parameters) => {
        const result = original(...parameters);
        if (this.#due !== Infinity) this.#ring();
        return result;
      };
    }
    if (calls._setitimer_js) wrapped._setitimer_js = (which, delay) => this.#set(which, delay);
    return wrapped;
  }

  /** @param {number} which @param {number} delay  milliseconds; 0 takes it back */
  #set(which, delay) {
    this.#which = which;
    this.#due = delay ? performance.now() + delay : Infinity;
    return 0;
  }

  #ring() {
    const now = performance.now();
    if (now < this.#due) return;
    this.#due = Infinity;
    this.#signal(this.#which, now);
  }
}
