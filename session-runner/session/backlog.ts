type Identified = { messageId: string };

export type BacklogOptions<Message extends Identified> = {
  /** Stores that the message waits. */
  park(message: Message): Promise<void>;
  /** What is stored as waiting, in the order of acceptance: all of it, or from a message on. */
  list(from: string | undefined): AsyncIterable<Message>;
};

/**
 * Messages of a session that wait as items alone, however many they are: read back in order, as
 * there is room for them. What comes while some of them wait must wait behind them.
 */
export class Backlog<Message extends Identified> {
  #options: BacklogOptions<Message>;
  #reading: AsyncIterator<Message> | undefined;
  /** Where the present reading is to be begun again, should it break off. */
  #reached: string | undefined;
  /** The first of those that the present reading may have passed. */
  #from: string | undefined;
  /** The last of all that were stored or read. */
  #newest = "";
  #storing = 0;

  constructor(options: BacklogOptions<Message>) {
    this.#options = options;
  }

  /** Whether nothing waits, nor is about to. */
  get isEmpty(): boolean {
    return !this.hasUnread && this.#storing === 0;
  }

  get hasUnread(): boolean {
    return this.#reading !== undefined || this.#from !== undefined;
  }

  /** Whatever is stored is read, also what a former owner has left. */
  readAll(): void {
    this.#reached = undefined;
    this.#reading = this.#options.list(undefined)[Symbol.asyncIterator]();
  }

  /** Whatever is stored from this message on is read. */
  readFrom(messageId: string): void {
    // The present reading may have passed it, and must not bring what is behind it in its chat first.
    if (this.#reading && messageId <= this.#newest) this.#beginAgain();
    if (messageId > this.#newest) this.#newest = messageId;
    if (this.#from === undefined || messageId < this.#from) this.#from = messageId;
  }

  async store(message: Message, after?: Promise<void>): Promise<void> {
    this.#storing += 1;
    try {
      await after;
      await this.#options.park(message);
      this.readFrom(message.messageId);
    } finally {
      this.#storing -= 1;
    }
  }

  /** The next one; undefined when there is none for now. Not to be called twice at a time. */
  async next(): Promise<Message | undefined> {
    for (;;) {
      const reading = (this.#reading ??= this.#begin());
      if (!reading) return undefined;
      try {
        const { value, done } = await reading.next();
        if (this.#reading !== reading) continue;
        if (!done) {
          this.#reached = value.messageId;
          if (value.messageId > this.#newest) this.#newest = value.messageId;
          return value;
        }
        this.#reading = undefined;
      } catch (error) {
        if (this.#reading === reading) this.#beginAgain();
        throw error;
      }
    }
  }

  #begin(): AsyncIterator<Message> | undefined {
    const from = this.#from;
    if (from === undefined) return undefined;
    this.#from = undefined;
    this.#reached = from;
    return this.#options.list(from)[Symbol.asyncIterator]();
  }

  #beginAgain(): void {
    this.#reading = undefined;
    if (this.#reached === undefined) this.readAll();
    else this.readFrom(this.#reached);
  }
}
