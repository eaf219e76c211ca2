import type { OutboxMessage } from "./outbox.ts";

/** Messages that wait for something else than the connection: stored, and known here by what for. */
export class HeldMessages {
  #held = new Map<string, Map<string, OutboxMessage>>();

  add(why: string, message: OutboxMessage): void {
    const all = this.#held.get(why) ?? new Map<string, OutboxMessage>();
    all.set(message.messageId, message);
    this.#held.set(why, all);
  }

  /** Those that waited for this, in the order of acceptance. */
  take(why: string): OutboxMessage[] {
    const all = this.#held.get(why)?.values() ?? [];
    this.#held.delete(why);
    return [...all].toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
  }

  takeAll(): OutboxMessage[] {
    return [...this.#held.keys()].flatMap((why) => this.take(why));
  }
}
