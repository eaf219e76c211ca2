/** Waiting longer than this, a message is not left in the queue. */
export const longWaitMs = 10_000;

/**
 * Messages whose commands the queue still has. It hands out so many at a time only, whoever they are
 * for: a session that cannot send must not keep them.
 */
export class Newcomers {
  /** Those that waited for the session have their turn, or it ends. */
  areLetIn = false;
  #limit: number;
  #count = 0;
  #admission = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #held = new Map<string, Set<Held>>();
  #entering = new Set<Promise<unknown>>();

  /** @param limit how many may wait for the session before any is let in */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param entry what becomes of one of them, however long that takes */
  enter<Result>(entry: Promise<Result>): Promise<Result> {
    this.#entering.add(entry);
    const leave = () => this.#entering.delete(entry);
    entry.then(leave, leave);
    return entry;
  }

  /** Resolves when it is settled what becomes of each that has come. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#entering);
  }

  /** Resolves when they are let in, or are too many, or have waited too long: in their order. */
  async admitted(): Promise<void> {
    this.#count += 1;
    if (!this.areLetIn) {
      const { resolve } = this.#admission;
      this.#timer ??= setTimeout(resolve, longWaitMs);
      if (this.#count > this.#limit) resolve();
    }
    await this.#admission.promise;
  }

  /** Resolves when all that waited are let in. */
  async letIn(): Promise<void> {
    this.areLetIn = true;
    clearTimeout(this.#timer);
    this.#admission.resolve();
    await this.#admission.promise;
  }

  /** Keeps a command as long as its work takes, but not too long: then `instead` happens first. */
  async hold<Result>(
    chat: string,
    work: Promise<Result>,
    instead: () => Promise<Result>,
  ): Promise<Result> {
    const late = Promise.withResolvers<boolean>();
    const gone = Promise.withResolvers<void>();
    const timer = setTimeout(() => late.resolve(true), longWaitMs);
    const held = { letGo: () => late.resolve(true), gone: gone.promise };
    const ofChat = this.#held.get(chat) ?? new Set();
    this.#held.set(chat, ofChat.add(held));
    const inTime = () => late.resolve(false);
    work.then(inTime, inTime);
    try {
      return (await late.promise) ? await instead() : await work;
    } finally {
      clearTimeout(timer);
      ofChat.delete(held);
      if (ofChat.size === 0) this.#held.delete(chat);
      gone.resolve();
    }
  }

  /** Resolves when the queue has none of a chat's commands any more. */
  async letGo(chat: string): Promise<void> {
    const held = [...(this.#held.get(chat) ?? [])];
    for (const { letGo } of held) letGo();
    await Promise.all(held.map(({ gone }) => gone));
  }
}

type Held = { letGo: () => void; gone: Promise<void> };
