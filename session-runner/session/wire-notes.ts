import { mergeChange } from "../journal/change.ts";
import type { Journal } from "../journal/journal.ts";
import { keptDepartures, keptFates } from "../whatsapp/kept-records.ts";
import type { OutboxMessage } from "./outbox-message.ts";

/**
 * What the journal notes of messages on their way out. That one is on the wire is in the append that
 * covers its frame: whoever takes the session over after a crash knows what may have left. That its fate
 * is told is in the next one: a stored message says so only when the event has reached it, and until then
 * whoever looks for waiting messages finds it among them.
 */
export class WireNotes {
  #journal: () => Journal | undefined;

  constructor(journal: () => Journal | undefined) {
    this.#journal = journal;
  }

  mayHaveLeft({ whatsappId }: Noted): boolean {
    const journal = this.#journal();
    return journal !== undefined && keptDepartures(journal).find(whatsappId) !== undefined;
  }

  isTold({ whatsappId }: Noted): boolean {
    const journal = this.#journal();
    return journal !== undefined && keptFates(journal).find(whatsappId) !== undefined;
  }

  leaves({ whatsappId }: Noted): void {
    const journal = this.#journal();
    journal?.stage(keptDepartures(journal).keeping(whatsappId, 1), { when: "next" });
  }

  /** It has not left after all. */
  stayed(message: Noted): void {
    const journal = this.#journal();
    if (!journal || !this.mayHaveLeft(message)) return;
    journal.stage(keptDepartures(journal).dropping(message.whatsappId), { when: "next" });
  }

  /** What has become of it cannot be lost any more. */
  told({ whatsappId }: Noted): void {
    const journal = this.#journal();
    if (!journal) return;
    const change = keptFates(journal).keeping(whatsappId, 1);
    if (this.mayHaveLeft({ whatsappId })) {
      mergeChange(change, keptDepartures(journal).dropping(whatsappId));
    }
    journal.stage(change, { when: "next" });
  }

  /** WhatsApp's ids of what may have left, and whose fate is not told. */
  unsettled(): string[] {
    const journal = this.#journal();
    return journal ? keptDepartures(journal).ids() : [];
  }
}

type Noted = Pick<OutboxMessage, "whatsappId">;
