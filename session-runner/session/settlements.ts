import type { Fate, FinalStatus, OutboxMessage } from "./outbox-message.ts";

/** The chat's next message may leave; what becomes of this one's command is still being stored. */
export type Delivered = { fate: Promise<Fate> };

/** Messages settled by this owner, so that a late duplicate of the command does nothing. */
const rememberLimit = 10_000;

/** Fates of messages: those that are being stored, and those that are. */
export class Settlements {
  #publish: (message: OutboxMessage, final: FinalStatus) => Promise<void>;
  #settling = new Map<string, { to: string; fate: Promise<Fate> }>();
  #settled = new Set<string>();
  /** A new walk through the set would pass what was deleted at its beginning, thousands each time. */
  #oldestSettled = this.#settled.values();

  /** @param publish resolves when the status cannot be lost */
  constructor(publish: (message: OutboxMessage, final: FinalStatus) => Promise<void>) {
    this.#publish = publish;
  }

  /** What came of a message that was settled here before. */
  find(messageId: string): Delivered | undefined {
    return this.#settled.has(messageId) ? atOnce("done") : this.#settling.get(messageId);
  }

  settle(message: OutboxMessage, final: FinalStatus): Delivered {
    const fate = this.#store(message, final);
    const { messageId } = message;
    this.#settling.set(messageId, { to: message.to, fate });
    void fate.catch(() => undefined).finally(() => this.#settling.delete(messageId));
    return { fate };
  }

  /**
   * Resolves when the fates of its chat's earlier messages are stored: until then the queue brings those
   * again, should this worker die, and what is stored as waiting would go before them.
   */
  async before({ to, messageId }: OutboxMessage): Promise<void> {
    const earlier = [...this.#settling].filter(([id, one]) => one.to === to && id !== messageId);
    await Promise.all(earlier.map(([, { fate }]) => fate));
  }

  /** Resolves when nothing is being stored any more. */
  async finished(): Promise<void> {
    await Promise.allSettled(this.#settling.values().map(({ fate }) => fate));
  }

  async #store(message: OutboxMessage, final: FinalStatus): Promise<Fate> {
    await this.#publish(message, final);
    this.#settled.add(message.messageId);
    if (this.#settled.size > rememberLimit) {
      const { value: oldest } = this.#oldestSettled.next();
      if (oldest !== undefined) this.#settled.delete(oldest);
    }
    return "done";
  }
}

export function atOnce(fate: Fate): Delivered {
  return { fate: Promise.resolve(fate) };
}
