import type { EventDraft } from "#shared/contracts/event.ts";
import type { Journal } from "../journal/journal.ts";
import { digestOf, inboundKey, toReceivedEvent } from "./inbound.ts";
import type { Decryption } from "./signal-repository.ts";

export type JournaledDecryption = Decryption & {
  /** WhatsApp has our receipt: the plaintext need not be kept for a redelivery any more. */
  receipted(attrs: Record<string, string>): void;
};

/** Puts each decrypted message into the journal together with the ratchet step that opened it. */
export function createDecryption(
  sessionId: string,
  journal: Journal,
  ownUsers: () => string[],
  onReceived: (draft: EventDraft) => void,
): JournaledDecryption {
  return {
    recall(_node, ciphertext) {
      const known = journal.fold.unreceipted.get(digestOf(ciphertext));
      return known && Buffer.from(known.plaintext, "base64");
    },
    decrypted(node, ciphertext, plaintext) {
      const key = inboundKey(node);
      journal.stage({
        received: [
          {
            key,
            digest: digestOf(ciphertext),
            plaintext: Buffer.from(plaintext).toString("base64"),
          },
        ],
      });
      if (journal.fold.seen.has(key)) return;
      const draft = toReceivedEvent(sessionId, ownUsers(), node, plaintext);
      if (!draft) return;
      journal.stage({ seen: [key] });
      onReceived(draft);
    },
    receipted({ id }) {
      const keys = [...journal.fold.unreceipted.values()]
        .map(({ key }) => key)
        .filter((key) => key.endsWith(`|${id}`));
      if (keys.length > 0) journal.stage({ receipted: keys }, { when: "next" });
    },
  };
}
