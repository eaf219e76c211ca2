// Messages on their way out. Each chat is a line of its own, in order of acceptance; a recipient
// who is slow to reach holds up nobody else.
import { setTimeout as sleep } from "node:timers/promises";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { MessageReason, MessageStatus } from "#shared/contracts/message-status.ts";
import type { Engine } from "../whatsapp/engine.ts";
import type { SendOutcome } from "../whatsapp/send-outcome.ts";
import { HeldMessages } from "./held-messages.ts";
import { Pacer } from "./pacer.ts";

export type OutboxMessage = {
  messageId: string;
  whatsappId: string;
  to: string;
  content: MessageContent;
  /** Milliseconds since 1970. */
  expiresAt?: number | undefined;
  batchId?: string | undefined;
  /** Seconds of typing that are shown before it leaves. */
  typeFor?: number | undefined;
  /** Stored as waiting: the next owner finds it there. */
  isParked?: boolean;
};

export type FinalStatus = {
  status: Extract<MessageStatus, "sent" | "failed" | "unknown">;
  reason: MessageReason | null;
  detail: string | null;
};

/** How the waiting messages end when the session does. */
export type Ending = "park" | "fail" | "return";

/**
 * What becomes of the command: `done` when the message's fate is settled, `parked` when it waits as
 * an item of its own, `return` when another owner must take the command from the queue again.
 */
export type Fate = "done" | "parked" | "return";

/** Whether a message may leave now. What is held waits under a name, until that is let go. */
export type Verdict = { go: true } | { go: false; until: string } | { cancelled: true };

export type OutboxOptions = {
  /** Publishes the status; resolves when it cannot be lost. */
  settle(message: OutboxMessage, final: FinalStatus): Promise<void>;
  park(message: OutboxMessage): Promise<void>;
  judge(message: OutboxMessage): Promise<Verdict>;
  /** In the instant before it leaves; false when it has to be judged again. */
  claim(message: OutboxMessage): boolean;
  /** What WhatsApp made of it. */
  onOutcome(message: OutboxMessage, outcome: SendOutcome): void;
  random: () => number;
  now: () => number;
};

/** The chat's next message may leave; what becomes of this one's command is still being stored. */
type Delivered = { fate: Promise<Fate> };

/** Times that an unanswered message is sent, always under the same id. */
const sendLimit = 3;

/** Waiting longer than this for its turn, a message is not left in the queue. */
const longWaitMs = 10_000;

/** Messages settled by this owner, so that a late duplicate of the command does nothing. */
const rememberLimit = 10_000;

export class Outbox {
  pacer: Pacer;
  #options: OutboxOptions;
  #lines = new Map<string, Promise<Delivered>>();
  #settling = new Map<string, Promise<Fate>>();
  #settled = new Set<string>();
  #held = new HeldMessages<OutboxMessage>();
  /** Counts the times that everything was to be looked at again. */
  #look = 0;
  /** Messages in the lines. */
  #underWay = 0;
  #engine: Engine | undefined;
  #ending: Ending | undefined;
  /** Those that waited for the session are in their lines, or it ends. */
  #waitersIn = Promise.withResolvers<void>();
  #wakers = new Set<() => void>();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.pacer = new Pacer(options.now, options.random);
  }

  /** Sends a message behind those that waited for this session: they were accepted before it. */
  async sendNew(message: OutboxMessage): Promise<Fate> {
    await this.#waitersIn.promise;
    if (this.#ending || this.pacer.waitMs(this.#underWay) < longWaitMs) return this.send(message);
    // Kept by its item rather than by the queue, which is paid for holding it. It has its place in
    // the line before it is stored, for nothing of its chat may overtake it.
    const stored = this.#park(message);
    const sent = this.send(message, stored);
    sent.catch(() => undefined);
    await stored;
    return "parked";
  }

  get isOpen(): boolean {
    return this.#engine !== undefined;
  }

  /** The connection is open: what waits goes out, unless the session has ended meanwhile. */
  open(engine: Engine): void {
    if (this.#ending) return;
    this.#engine = engine;
    this.#waitersIn.resolve();
    this.#wake();
  }

  /** The connection is gone; it is expected back. */
  pause(): void {
    this.#engine = undefined;
  }

  /** The session ends. What has not left ends as `ending` says. */
  async end(ending: Ending): Promise<void> {
    this.#engine = undefined;
    this.#ending = ending;
    // What cannot be settled now stays stored as waiting.
    for (const message of this.#held.takeAll()) this.send(message).catch(() => undefined);
    this.#wake();
    this.#waitersIn.resolve();
    await this.#waitersIn.promise;
    await Promise.allSettled(this.#lines.values());
    await Promise.allSettled(this.#settling.values());
  }

  /** @param stored what must have happened before it may leave */
  async send(message: OutboxMessage, stored?: Promise<void>): Promise<Fate> {
    const before: Promise<unknown> = this.#lines.get(message.to) ?? Promise.resolve();
    this.#underWay += 1;
    const mine = before
      .then(
        () => stored,
        (error: unknown) => {
          // What could not be stored comes again, and so must everything behind it.
          if (this.#ending) throw error;
          return stored;
        },
      )
      .then(() => this.#deliver(message))
      .finally(() => (this.#underWay -= 1));
    this.#lines.set(message.to, mine);
    void mine
      .catch(() => undefined)
      .finally(() => {
        if (this.#lines.get(message.to) === mine) this.#lines.delete(message.to);
      });
    const { fate } = await mine;
    return fate;
  }

  async #deliver(message: OutboxMessage): Promise<Delivered> {
    if (this.#settled.has(message.messageId)) return settled("done");
    const settling = this.#settling.get(message.messageId);
    if (settling) return { fate: settling };
    for (let sends = 0; ;) {
      const engine = await this.whenOpen();
      if (!engine) return this.#finish(message);
      if (message.expiresAt !== undefined && this.#options.now() > message.expiresAt) {
        const detail = "The message expired before it could be sent.";
        return this.#settle(message, { status: "failed", reason: "expired", detail });
      }
      const held = await this.#heldBack(message);
      if (held) return held;
      const look = this.#look;
      await this.#pause(this.pacer.reserve());
      if (this.#engine === engine && this.#look === look) await this.#type(engine, message);
      if (this.#engine !== engine || this.#look !== look || !this.#options.claim(message)) continue;
      const outcome = await engine.send(message);
      this.#options.onOutcome(message, outcome);
      if (outcome.result === "acknowledged") {
        return this.#settle(message, { status: "sent", reason: null, detail: null });
      }
      if (outcome.result === "refused") {
        const { reason, detail } = outcome;
        return this.#settle(message, { status: "failed", reason, detail });
      }
      if (outcome.result === "not_sent") {
        if (this.#engine === engine) this.#engine = undefined;
        continue;
      }
      // An answer that the end of the connection cut off is asked for again on the next one.
      if (this.#engine === engine) sends += 1;
      if (sends >= sendLimit) {
        const detail = "WhatsApp did not say whether it took the message.";
        return this.#settle(message, { status: "unknown", reason: "not_acknowledged", detail });
      }
    }
  }

  /** What waits for something else must not hold up its chat: it is stored, and leaves the line. */
  async #heldBack(message: OutboxMessage): Promise<Delivered | undefined> {
    const verdict = await this.#options.judge(message);
    if ("cancelled" in verdict) {
      const detail = "It was cancelled before it was sent.";
      return this.#settle(message, { status: "failed", reason: "cancelled", detail });
    }
    if (verdict.go) return undefined;
    await this.#park(message);
    // Let go while it was being stored, it may leave.
    const now = await this.#options.judge(message);
    if ("cancelled" in now || now.go) return this.#heldBack(message);
    this.#held.add(now.until, message);
    return settled("parked");
  }

  /** For the eyes of the recipient alone: whatever comes of it, the message leaves. */
  async #type(engine: Engine, { to, typeFor, content }: OutboxMessage): Promise<void> {
    if (typeFor === undefined) return;
    const state = content.type === "audio" ? "recording" : "composing";
    await engine.ask({ kind: "typing.show", chat: to, state }).catch(() => undefined);
    await this.#pause(typeFor * 1_000);
  }

  async #park(message: OutboxMessage): Promise<void> {
    if (!message.isParked) await this.#options.park(message);
    message.isParked = true;
  }

  /** Something has changed that messages wait for, or must wait for now: all are looked at again. */
  lookAgain(): void {
    this.#look += 1;
    this.pacer.reset();
    this.#wake();
  }

  /** What was held under this name takes its place in the lines again. */
  letGo(until: string, onFailed: (error: unknown) => void): void {
    for (const message of this.#held.take(until)) this.send(message).catch(onFailed);
  }

  async #finish(message: OutboxMessage): Promise<Delivered> {
    if (this.#ending === "return") return settled("return");
    if (this.#ending === "park") {
      await this.#park(message);
      return settled("parked");
    }
    const detail = "The session was ended before the message could be sent.";
    return this.#settle(message, { status: "failed", reason: "session_ended", detail });
  }

  #settle(message: OutboxMessage, final: FinalStatus): Delivered {
    const fate = this.#store(message, final);
    const { messageId } = message;
    this.#settling.set(messageId, fate);
    void fate.catch(() => undefined).finally(() => this.#settling.delete(messageId));
    return { fate };
  }

  async #store(message: OutboxMessage, final: FinalStatus): Promise<Fate> {
    await this.#options.settle(message, final);
    this.#settled.add(message.messageId);
    for (const oldest of this.#settled) {
      if (this.#settled.size <= rememberLimit) break;
      this.#settled.delete(oldest);
    }
    return "done";
  }

  /** The open connection; undefined when the session ends before there is one. */
  async whenOpen(): Promise<Engine | undefined> {
    while (!this.#engine && !this.#ending) {
      await new Promise<void>((resolve) => this.#wakers.add(resolve));
    }
    return this.#engine;
  }

  /** Ends early when the connection opens or ends: then everything is to be looked at again. */
  async #pause(waitMs: number): Promise<void> {
    if (waitMs === 0) return;
    const woken = Promise.withResolvers<void>();
    this.#wakers.add(woken.resolve);
    const done = new AbortController();
    const { signal } = done;
    await Promise.race([
      woken.promise,
      sleep(waitMs, undefined, { signal }).catch(() => undefined),
    ]);
    done.abort();
    this.#wakers.delete(woken.resolve);
  }

  #wake(): void {
    for (const wake of this.#wakers) wake();
    this.#wakers.clear();
  }
}

function settled(fate: Fate): Delivered {
  return { fate: Promise.resolve(fate) };
}
