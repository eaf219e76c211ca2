type Identified = { messageId: string; to: string };

export type BacklogOptions<Message extends Identified> = {
  /** Stores that the message waits, however long the store takes to answer; false when it gave that up. */
  park(message: Message): Promise<boolean>;
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
  /** The first of those that were stored since the present reading began, which may miss any of them. */
  #from: string | undefined;
  /** What is being stored of each chat. */
  #storing = new Map<string, Promise<boolean>>();

  constructor(options: BacklogOptions<Message>) {
    this.#options = options;
  }

  /** Whether nothing waits, nor is about to. */
  get isEmpty(): boolean {
    return !this.hasUnread && this.#storing.size === 0;
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
    if (this.#from === undefined || messageId < this.#from) this.#from = messageId;
  }

  /**
   * Stores that a message waits, behind what of its chat is being stored.
   * @param after what is waited for before
   * @returns false when it was given up
   */
  async store(message: Message, after: () => Promise<void>): Promise<boolean> {
    const { to } = message;
    const before = this.#storing.get(to) ?? Promise.resolve();
    const mine = before.then(async () => {
      await after();
      const isStored = await this.#options.park(message);
      if (isStored) this.readFrom(message.messageId);
      return isStored;
    });
    this.#storing.set(to, mine);
    try {
      return await mine;
    } finally {
      if (this.#storing.get(to) === mine) this.#storing.delete(to);
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
        // Of those that were stored meanwhile it may bring a later one first: they are read anew.
        const isOver = done || (this.#from !== undefined && value.messageId >= this.#from);
        if (!isOver) {
          this.#reached = value.messageId;
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
