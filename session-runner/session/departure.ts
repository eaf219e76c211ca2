import { randomUUID } from "node:crypto";
import type { OutboxMessage } from "./outbox-message.ts";

/** What is stored of the leaving of messages that can be cancelled until they leave. */
export type DepartureStore = {
  /**
   * From now on the message cannot be cancelled. `cancelled` when it was, or is gone; `again` when another
   * departure of it has been begun and not given up.
   */
  beginDeparture(message: OutboxMessage, departure: string): Promise<DepartureOutcome>;
  /** It has not left after all, and can be cancelled again. */
  giveUpDeparture(message: OutboxMessage, departure: string): Promise<void>;
};

export type DepartureOutcome = "begun" | "again" | "cancelled";

/** A scheduled message's last step before the wire, where a cancellation is either heard or refused. */
export class Departure {
  #isBegun = false;
  /** So that nobody takes back what another owner has begun. */
  #id: string | undefined;
  #message: OutboxMessage;
  #store: DepartureStore;

  constructor(message: OutboxMessage, store: DepartureStore) {
    this.#message = message;
    this.#store = store;
  }

  /** Whether it has to be begun before the message may leave. */
  get isOwed(): boolean {
    return this.#message.sendAt !== undefined && !this.#isBegun;
  }

  /** Whether the message waits again although it was begun, and is certain not to have left. */
  get isInVain(): boolean {
    return this.#isBegun && !this.#message.mayHaveLeft;
  }

  /** False when the message was cancelled: it must not leave. */
  async begin(): Promise<boolean> {
    this.#id ??= randomUUID();
    const outcome = await this.#store.beginDeparture(this.#message, this.#id);
    this.#isBegun = outcome !== "cancelled";
    if (outcome === "again") this.#message.mayHaveLeft = true;
    return this.#isBegun;
  }

  async giveUp(): Promise<void> {
    if (this.#id !== undefined) await this.#store.giveUpDeparture(this.#message, this.#id);
    this.#isBegun = false;
  }
}
