/** Messages that wait for something else than the connection: stored, and known here by what for. */
export class HeldMessages<Message extends { messageId: string }> {
  #held = new Map<string, Map<string, Message>>();

  add(why: string, message: Message): void {
    const all = this.#held.get(why) ?? new Map<string, Message>();
    all.set(message.messageId, message);
    this.#held.set(why, all);
  }

  /** Those that waited for this, in the order of acceptance. */
  take(why: string): Message[] {
    const all = this.#held.get(why)?.values() ?? [];
    this.#held.delete(why);
    return [...all].toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
  }

  takeAll(): Message[] {
    return [...this.#held.keys()].flatMap((why) => this.take(why));
  }
}
