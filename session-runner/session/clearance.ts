import type { MessageReason } from "#shared/contracts/message-status.ts";
import type { Ending, OutboxMessage, Verdict } from "./outbox-message.ts";
import { atOnce } from "./settlements.ts";
import type { Delivered, Settlements } from "./settlements.ts";
import { fateOfUnsent } from "./told-fate.ts";

export type Judges = {
  judge(message: OutboxMessage): Promise<Verdict>;
  /** Whether its fate was told of late, by this owner or one before it. */
  isTold(message: OutboxMessage): boolean;
  /** Whether its fate is not told yet, by what is stored. */
  isQueued(message: OutboxMessage): Promise<boolean>;
  /** Whether this owner or one before it has, or may have, sent it. */
  mayHaveLeft(message: OutboxMessage): boolean;
  now: () => number;
};

export type ClearanceOptions = Judges & {
  settlements: Settlements;
  park(message: OutboxMessage): Promise<void>;
  /** Keeps a stored message until what it waits for is let go. */
  hold(until: string, message: OutboxMessage): void;
};

/** Decides whether a message may leave, and ends those that may not. */
export class Clearance {
  #options: ClearanceOptions;

  constructor(options: ClearanceOptions) {
    this.#options = options;
  }

  isLate({ expiresAt }: OutboxMessage): boolean {
    return expiresAt !== undefined && this.#options.now() > expiresAt;
  }

  /** What becomes of a message that is not to be sent now; undefined when it may leave. */
  async refuse(message: OutboxMessage): Promise<Delivered | undefined> {
    if (await this.#isTold(message)) return atOnce("done");
    if (this.isLate(message)) {
      const detail = "The message expired before it could be sent.";
      return this.#drop(message, "expired", detail);
    }
    return this.#heldBack(message);
  }

  /** What becomes of a message whose session has ended. */
  async finish(message: OutboxMessage, ending: Ending): Promise<Delivered> {
    if (ending === "return") return atOnce("return");
    if (ending === "park") {
      await this.#options.park(message);
      return atOnce("parked");
    }
    if (await this.#isTold(message)) return atOnce("done");
    const detail = "The session was ended before the message could be sent.";
    return this.#drop(message, "session_ended", detail);
  }

  /** Whether a message came again, from the queue or the store, although its fate is told. */
  async #isTold(message: OutboxMessage): Promise<boolean> {
    if (this.#options.isTold(message)) return true;
    if (message.isAgain && !(await this.#options.isQueued(message))) return true;
    message.isAgain = false;
    return false;
  }

  /** It is not sent, or not again. */
  #drop(message: OutboxMessage, reason: MessageReason, detail: string): Delivered {
    const mayHaveLeft = message.mayHaveLeft || this.#options.mayHaveLeft(message);
    const fate = fateOfUnsent(mayHaveLeft, reason, detail);
    return this.#options.settlements.settle(message, fate);
  }

  /** What waits for something else must not hold up its chat: it is stored, and leaves the line. */
  async #heldBack(message: OutboxMessage): Promise<Delivered | undefined> {
    const verdict = await this.#options.judge(message);
    if ("cancelled" in verdict) {
      return this.#drop(message, "cancelled", "It was cancelled before it was sent.");
    }
    if (verdict.go) return undefined;
    await this.#options.park(message);
    // Let go while it was being stored, it may leave.
    const now = await this.#options.judge(message);
    if ("cancelled" in now || now.go) return this.#heldBack(message);
    this.#options.hold(now.until, message);
    return atOnce("parked");
  }
}
