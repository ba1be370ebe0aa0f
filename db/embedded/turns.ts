/**
 * Who may use the engine. There is one session behind the wire, so a connection keeps it from the first message of a
 * batch or transaction to the last, and the others wait in the order in which they came.
 */
export class Turns<Holder extends object> {
  #holder: Holder | undefined;
  #waiting: { who: Holder; start: () => void }[] = [];

  /** True while this holder has the engine. */
  has(who: Holder): boolean {
    return this.#holder === who;
  }

  /** The one that has the engine now, if any. */
  get holder(): Holder | undefined {
    return this.#holder;
  }

  /** Resolves when the engine belongs to `who`; at once if it already does. */
  async take(who: Holder): Promise<void> {
    if (this.#holder === who) return;
    if (!this.#holder) {
      this.#holder = who;
      return;
    }
    await new Promise<void>((start) => this.#waiting.push({ who, start }));
  }

  /** Gives the engine to the next in line. Does nothing if `who` does not have it. */
  pass(who: Holder): void {
    if (this.#holder !== who) return;
    const next = this.#waiting.shift();
    this.#holder = next?.who;
    next?.start();
  }
}
