// Which of our messages another one is about. WhatsApp names it by its author, as the sender sees it.
import type { Contact } from "#shared/address.ts";
import { messageIdOf } from "#shared/message-id.ts";
import type { Journal } from "../journal/journal.ts";
import { jidDecode, jidNormalizedUser } from "./baileys.ts";
import { addressesOf } from "./envelope.ts";
import type { Envelope } from "./envelope.ts";
import type { TargetKey } from "./from-whatsapp.ts";
import { seenKey } from "./stanzas.ts";

/** What a session knows when a message comes in. */
export type Known = {
  sessionId: string;
  journal: Journal;
  ownUsers: string[];
  /** The account's addresses, without device. */
  ownJids: string[];
  secretOf: (whatsappId: string) => Uint8Array;
};

export type Target = {
  messageId: string | null;
  /** Address of its author; empty when it is ours. */
  sender: string;
  authors: string[];
  addressesOf: (contact: Contact) => string[];
};

export function findTarget(known: Known, envelope: Envelope, target: TargetKey): Target {
  const authors = authorsOf(known, envelope, target);
  const isOurs = authors.some((jid) => known.ownUsers.includes(jidDecode(jid)?.user ?? ""));
  const minted = isOurs ? messageIdOf(known.sessionId, target.id) : undefined;
  return {
    messageId: minted ?? findSeen(known, envelope, authors, target.id) ?? null,
    sender: isOurs ? "" : (authors[0] ?? ""),
    authors,
    addressesOf,
  };
}

/** Every address that the target's author may go by. */
function authorsOf(
  { ownJids }: Known,
  { from, fromMe, chat, shared }: Envelope,
  { fromMe: bySender, participant }: TargetKey,
): string[] {
  if (bySender) return fromMe ? ownJids : addressesOf(from);
  if (shared && participant) {
    const author = jidNormalizedUser(participant);
    const same = [ownJids, addressesOf(from), addressesOf(chat)].find((all) =>
      all.includes(author),
    );
    return same ?? [author];
  }
  // A chat of two: who is not the one is the other.
  return fromMe ? addressesOf(chat) : ownJids;
}

function findSeen(
  { journal }: Known,
  { chat }: Envelope,
  authors: string[],
  id: string,
): string | undefined {
  for (const author of authors) {
    for (const from of [author, chat.id]) {
      const messageId = journal.fold.seen.get(seenKey(from, author, id));
      if (messageId) return messageId;
    }
  }
  return undefined;
}
