import type { Journal } from "../journal/journal.ts";
import { keptDepartures } from "../whatsapp/kept-records.ts";
import type { OutboxMessage } from "./outbox-message.ts";

/**
 * Messages of batches that are on the wire and whose fate is not told yet. The note is in the append that
 * covers the frame, so that whoever takes the session over after a crash knows that a message of a batch
 * that was cancelled meanwhile may have left.
 */
export class Departed {
  #journal: () => Journal | undefined;

  constructor(journal: () => Journal | undefined) {
    this.#journal = journal;
  }

  has({ batchId, whatsappId }: OutboxMessage): boolean {
    const journal = this.#journal();
    if (batchId === undefined || !journal) return false;
    return keptDepartures(journal).find(whatsappId) !== undefined;
  }

  note({ batchId, whatsappId }: OutboxMessage): void {
    const journal = this.#journal();
    if (batchId === undefined || !journal) return;
    journal.stage(keptDepartures(journal).keeping(whatsappId, 1), { when: "next" });
  }

  /** It has not left, or what has become of it cannot be lost any more. */
  forget(message: OutboxMessage): void {
    const journal = this.#journal();
    if (!journal || !this.has(message)) return;
    journal.stage(keptDepartures(journal).dropping(message.whatsappId), { when: "next" });
  }
}
