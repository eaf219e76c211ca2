import type { Journal } from "../journal/journal.ts";
import { keptDepartures } from "../whatsapp/kept-records.ts";
import type { OutboxMessage } from "./outbox-message.ts";

/**
 * Messages that are on the wire and whose fate is not told yet. The note is in the append that covers
 * the frame, so that whoever takes the session over after a crash knows what may have left.
 */
export class Departed {
  #journal: () => Journal | undefined;

  constructor(journal: () => Journal | undefined) {
    this.#journal = journal;
  }

  has({ whatsappId }: Noted): boolean {
    const journal = this.#journal();
    return journal !== undefined && keptDepartures(journal).find(whatsappId) !== undefined;
  }

  note({ whatsappId }: Noted): void {
    const journal = this.#journal();
    journal?.stage(keptDepartures(journal).keeping(whatsappId, 1), { when: "next" });
  }

  /** It has not left, or what has become of it cannot be lost any more. */
  forget(message: Noted): void {
    const journal = this.#journal();
    if (!journal || !this.has(message)) return;
    journal.stage(keptDepartures(journal).dropping(message.whatsappId), { when: "next" });
  }

  /** WhatsApp's ids of all of them. */
  ids(): string[] {
    const journal = this.#journal();
    return journal ? keptDepartures(journal).ids() : [];
  }
}

type Noted = Pick<OutboxMessage, "whatsappId">;
