import { Backlog } from "./backlog.ts";
import type { OutboxMessage } from "./outbox-message.ts";
import { SecondLook } from "./second-look.ts";

/** After a failure of the store. */
export const tryAgainMs = 1_000;

export type StoredMessagesOptions = {
  /** Stores that the message waits, however long the store takes to answer; false when it gave that up. */
  park(message: OutboxMessage): Promise<boolean>;
  /** What is stored as waiting, in the order of acceptance: all of it, or from a message on. */
  list(from: string | undefined): AsyncIterable<OutboxMessage>;
  /** Whether it is in memory, or its fate is told. */
  isKnown(message: OutboxMessage): boolean;
  /** Takes the next one, in order; it may be in memory already. */
  onMessage(message: OutboxMessage): void;
  /** Whether there is room for one more. */
  hasRoom(): boolean;
  /** Whether stored messages may be taken by themselves. */
  mayGoOn(): boolean;
  onTrouble(error: unknown): void;
};

/** A session's messages that wait as items alone, taken back as there is room for them. */
export class StoredMessages {
  #options: StoredMessagesOptions;
  #backlog: Backlog<OutboxMessage>;
  #secondLook: SecondLook<OutboxMessage>;
  #hasAsked = false;
  #taking: Promise<void> | undefined;
  #isOver = false;

  constructor(options: StoredMessagesOptions) {
    this.#options = options;
    this.#backlog = new Backlog({
      park: (message) => options.park(message),
      list: (from) => options.list(from),
    });
    this.#secondLook = new SecondLook({
      list: () => options.list(undefined),
      isKnown: (message) => options.isKnown(message),
      onMissed: ({ messageId }) => this.readFrom(messageId),
      onTrouble: (error) => options.onTrouble(error),
    });
  }

  /** Whether none waits, nor is about to. */
  get areNone(): boolean {
    return this.#backlog.isEmpty;
  }

  /**
   * @param after what is waited for before
   * @returns false when it was given up
   */
  async store(message: OutboxMessage, after: () => Promise<void>): Promise<boolean> {
    const isStored = await this.#backlog.store(message, after);
    if (isStored) this.goOn();
    return isStored;
  }

  /** What is stored from this message on is taken too. */
  readFrom(messageId: string): void {
    this.#backlog.readFrom(messageId);
    this.goOn();
  }

  /**
   * Takes as many as there is room for. What former owners have left is asked for once, and once
   * more a little later: what is stored from then on is stored here, and known.
   */
  async take(): Promise<void> {
    while (this.#taking) await this.#taking.catch(() => undefined);
    if (this.#isOver) return;
    if (!this.#hasAsked) {
      this.#backlog.readAll();
      this.#secondLook.begin();
    }
    this.#hasAsked = true;
    if (this.#backlog.hasUnread) await this.#takeSome();
  }

  /** Goes on with what is not taken yet. */
  goOn(): void {
    if (this.#taking || this.#isOver || !this.#options.mayGoOn()) return;
    if (!this.#backlog.hasUnread || !this.#options.hasRoom()) return;
    this.#takeSome().catch((error: unknown) => {
      this.#options.onTrouble(error);
      setTimeout(() => this.goOn(), tryAgainMs).unref();
    });
  }

  /** No more are taken by themselves. */
  stop(): void {
    this.#isOver = true;
    this.#secondLook.stop();
  }

  /** Resolves when the taking that was under way when it was stopped is over. */
  async stopped(): Promise<void> {
    await this.#taking?.catch(() => undefined);
  }

  /**
   * All that are stored, for the end.
   * @param room resolves when there is room for one more
   */
  async takeAll(room: () => Promise<void>): Promise<void> {
    this.#backlog.readAll();
    await this.#takeWhile(async () => {
      await room();
      return true;
    });
  }

  #takeSome(): Promise<void> {
    const taking = this.#takeWhile(() => !this.#isOver && this.#options.hasRoom());
    this.#taking = taking.finally(() => (this.#taking = undefined));
    // What was stored in the last moment found it busy.
    return this.#taking.then(() => this.goOn());
  }

  async #takeWhile(goesOn: () => boolean | Promise<boolean>): Promise<void> {
    while (await goesOn()) {
      const message = await this.#backlog.next();
      if (!message) return;
      this.#options.onMessage(message);
    }
  }
}
