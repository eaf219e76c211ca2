// One FIFO queue: a group is closed while any of its messages is out; what is not deleted in time
// comes again; what was sent under the same deduplication id within five minutes is dropped.
import type { World } from "./world.ts";

export type QueueMessage = {
  body: string;
  group: string;
  id: number;
  receives: number;
  /** Undefined while it can be received. */
  handle: string | undefined;
  cancelReturn: () => void;
};

const deduplicationMs = 300_000;

export class SimulatedQueue {
  messages: QueueMessage[] = [];
  /** The most often that any message was received. */
  mostReceives = 0;
  /** Hears of each message that is deleted. */
  onRemove: (body: string) => void = () => undefined;
  /** Whether the queue forgets the deletion of a message of a group: after how long that comes again. */
  comesAgainAfter: (group: string) => number | undefined = () => undefined;
  #world: World;
  #visibilityMs: number;
  #recent = new Map<string, number>();
  #sent = 0;
  #handles = 0;
  #waiters: (() => void)[] = [];

  constructor(world: World, visibilityMs: number) {
    this.#world = world;
    this.#visibilityMs = visibilityMs;
  }

  send(body: string, group: string, deduplicationId: string): void {
    const now = this.#world.elapsed;
    if ((this.#recent.get(deduplicationId) ?? Number.NEGATIVE_INFINITY) > now - deduplicationMs)
      return;
    this.#recent.set(deduplicationId, now);
    this.#sent += 1;
    const message = { body, group, id: this.#sent, receives: 0, handle: undefined };
    this.messages.push({ ...message, cancelReturn: () => undefined });
    this.#wake();
  }

  /** Waits for something to receive, at most so long. */
  async receive(limit: number, waitMs: number, signal?: AbortSignal): Promise<QueueMessage[]> {
    const until = this.#world.elapsed + waitMs;
    for (;;) {
      const taken = signal?.aborted ? [] : this.#take(limit);
      if (taken.length > 0 || this.#world.elapsed >= until || signal?.aborted) return taken;
      await new Promise<void>((resolve) => {
        this.#waiters.push(resolve);
        this.#world.after(until - this.#world.elapsed, undefined, resolve);
        signal?.addEventListener("abort", () => resolve(), { once: true });
      });
    }
  }

  /** @throws when the receipt has expired, as FIFO queues do */
  remove(handle: string): void {
    const message = this.#require(handle);
    message.cancelReturn();
    this.messages = this.messages.filter((other) => other !== message);
    this.onRemove(message.body);
    const delay = this.comesAgainAfter(message.group);
    if (delay !== undefined) {
      this.#world.after(delay, undefined, () => {
        this.#world.note(`the queue hands out once more: ${message.body}`);
        this.messages.push({ ...message, handle: undefined });
        this.#wake();
      });
    }
    this.#wake();
  }

  /** @throws when the receipt has expired */
  hide(handle: string, forMs: number): void {
    this.#hide(this.#require(handle), forMs);
  }

  #take(limit: number): QueueMessage[] {
    const closed = new Set<string>();
    for (const { group, handle } of this.messages) if (handle) closed.add(group);
    const taken = this.messages.filter(({ group }) => !closed.has(group)).slice(0, limit);
    for (const message of taken) {
      this.#handles += 1;
      message.handle = `handle-${this.#handles}`;
      message.receives += 1;
      this.mostReceives = Math.max(this.mostReceives, message.receives);
      this.#hide(message, this.#visibilityMs);
    }
    return taken.map((message) => ({ ...message }));
  }

  #hide(message: QueueMessage, forMs: number): void {
    message.cancelReturn();
    message.cancelReturn = this.#world.after(forMs, undefined, () => {
      message.handle = undefined;
      this.#wake();
    });
  }

  #require(handle: string): QueueMessage {
    const message = this.messages.find((held) => held.handle === handle);
    if (!message) throw new Error("the receipt handle has expired");
    return message;
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}
