/** By how much the index of what waits may be late in showing what a former owner has stored. */
const indexLagMs = 30_000;

export type SecondLookOptions<Message> = {
  list(): AsyncIterable<Message>;
  /** Whether it is under way, or its fate is told. */
  isKnown(message: Message): boolean;
  /** Called with the first that is not. */
  onMissed(message: Message): void;
  onTrouble(error: unknown): void;
};

/**
 * Looks once more, some time after a session has begun, whether something waits that the index did not
 * show at first. Beside everything else: it finds something once in a blue moon.
 */
export class SecondLook<Message> {
  #options: SecondLookOptions<Message>;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: SecondLookOptions<Message>) {
    this.#options = options;
  }

  begin(): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => {
      this.#look().catch((error: unknown) => {
        this.#options.onTrouble(error);
        this.begin();
      });
    }, indexLagMs).unref();
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    for await (const message of this.#options.list()) {
      if (this.#isOver) return;
      if (!this.#options.isKnown(message)) return this.#options.onMissed(message);
    }
  }
}
