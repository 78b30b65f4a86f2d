/** Who may speak to the one backend. A session keeps its turn while it is in a transaction. */

export class TurnTimeout extends Error {}

/** @template Holder */
export class Turns {
  /** @type {Holder | null} */
  holder = null;
  /** @type {{who: Holder, start: () => void, expire: () => void}[]} */
  #waiting = [];
  #limit;

  /** @param {number} limit  milliseconds that one waits for its turn */
  constructor(limit) {
    this.#limit = limit;
  }

  /**
   * @param {Holder} who
   * @returns {Promise<void>}  rejected with TurnTimeout
   */
  take(who) {
    if (this.holder === null || this.holder === who) {
      this.holder = who;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const expire = () => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        reject(new TurnTimeout());
      };
      const timer = setTimeout(expire, this.#limit);
      const start = () => (clearTimeout(timer), resolve());
      const entry = { who, start, expire };
      this.#waiting.push(entry);
    });
  }

  /** Lets nobody wait any longer: nobody will give the turn away. */
  expire() {
    for (const { expire } of [...this.#waiting]) expire();
  }

  /** Takes the turn from whoever has it. @param {Holder} who */
  seize(who) {
    this.holder = who;
  }

  /** @param {Holder} who */
  give(who) {
    if (this.holder !== who) return;
    const next = this.#waiting.shift();
    this.holder = next?.who ?? null;
    next?.start();
  }
}
