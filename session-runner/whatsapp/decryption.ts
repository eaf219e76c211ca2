import type { EventDraft } from "#shared/contracts/event.ts";
import type { BinaryNode } from "./baileys.ts";
import { envelopeOf } from "./envelope.ts";
import type { Known } from "./find-target.ts";
import { interpret, toReceived } from "./inbound.ts";
import type { Interpretation } from "./inbound.ts";
import type { Decryption } from "./signal-repository.ts";
import { digestOf, inboundKey } from "./stanzas.ts";
import { withoutThumbnails } from "./without-thumbnails.ts";

export type JournaledDecryption = Decryption & {
  /** A message of which a linked device is told no more than that it came. */
  withheld(node: BinaryNode): void;
  /** WhatsApp has our receipt: the plaintext need not be kept for a redelivery any more. */
  receipted(attrs: Record<string, string>): void;
};

/** Puts each decrypted message into the journal together with the ratchet step that opened it. */
export function createDecryption(
  known: () => Known,
  onReceived: (draft: EventDraft) => void,
): JournaledDecryption {
  function note(key: string, interpretation: Interpretation | undefined): void {
    const { journal } = known();
    if (!interpretation) return;
    const { draft, messageId, keep } = interpretation;
    journal.stage({ ...keep, seen: [messageId === undefined ? key : `${key} ${messageId}`] });
    onReceived(draft);
  }

  return {
    recall(_node, ciphertext) {
      const kept = known().journal.fold.unreceipted.get(digestOf(ciphertext));
      return kept && Buffer.from(kept.plaintext, "base64");
    },
    decrypted(node, ciphertext, plaintext) {
      const { journal } = known();
      const key = inboundKey(node);
      journal.stage({
        received: [
          {
            key,
            digest: digestOf(ciphertext),
            plaintext: Buffer.from(withoutThumbnails(plaintext)).toString("base64"),
          },
        ],
      });
      if (!journal.fold.seen.has(key)) note(key, interpret(known(), node, plaintext));
    },
    withheld(node) {
      const children = Array.isArray(node.content) ? node.content : [];
      const mark = children.find(({ tag }) => tag === "unavailable");
      const key = inboundKey(node);
      const { sessionId, ownUsers, journal } = known();
      if (!mark || children.some(({ tag }) => tag === "enc") || journal.fold.seen.has(key)) return;
      const reason = mark.attrs["type"] === "view_once" ? "view_once" : "other";
      const envelope = envelopeOf(node, ownUsers, node.attrs["recipient"]);
      note(key, toReceived(sessionId, envelope, { type: "unavailable", unavailable: { reason } }));
    },
    receipted({ id }) {
      const { journal } = known();
      const keys = [...journal.fold.unreceipted.values()]
        .map(({ key }) => key)
        .filter((key) => key.endsWith(`|${id}`));
      if (keys.length > 0) journal.stage({ receipted: keys }, { when: "next" });
    },
  };
}
