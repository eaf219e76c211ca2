/** Held in memory; what is more waits as items alone. */
const limit = 500;

/** Messages that wait for something else than the connection: stored, and known here by what for. */
export class HeldMessages<Message extends { messageId: string }> {
  #held = new Map<string, Map<string, Message>>();
  /** The first of those that are not in memory, of each reason. */
  #passed = new Map<string, string>();

  add(why: string, message: Message): void {
    const { messageId } = message;
    if (this.#size >= limit && !this.has(messageId)) {
      const first = this.#passed.get(why);
      if (first === undefined || messageId < first) this.#passed.set(why, messageId);
      return;
    }
    const all = this.#held.get(why) ?? new Map<string, Message>();
    all.set(messageId, message);
    this.#held.set(why, all);
  }

  has(messageId: string): boolean {
    return this.#held.values().some((all) => all.has(messageId));
  }

  /** Those that waited for this, in the order of acceptance. */
  take(why: string): Message[] {
    const all = this.#held.get(why)?.values() ?? [];
    this.#held.delete(why);
    return [...all].toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
  }

  /** Where those begin that waited for this and are not in memory. */
  takePassed(why: string): string | undefined {
    const first = this.#passed.get(why);
    this.#passed.delete(why);
    return first;
  }

  takeAll(): Message[] {
    return [...this.#held.keys()].flatMap((why) => this.take(why));
  }

  get #size(): number {
    return this.#held.values().reduce((sum, all) => sum + all.size, 0);
  }
}
