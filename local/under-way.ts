/** Work begun and not yet done, so that a server can wait for it before it goes. */
export class UnderWay {
  readonly #work = new Set<Promise<void>>();

  add(begun: Promise<void>): void {
    const work = begun.finally(() => this.#work.delete(work));
    this.#work.add(work);
  }

  /** Resolves when all of it is done. */
  async drained(): Promise<void> {
    await Promise.all(this.#work);
  }
}
