// Who sent a stanza, and into which chat.
import type { Contact } from "#shared/address.ts";
import type { BinaryNode } from "./baileys.ts";
import { jidDecode } from "./baileys.ts";
import { toContact } from "./contact.ts";

export type Envelope = {
  id: string;
  chat: Contact;
  from: Contact;
  fromMe: boolean;
  /** Milliseconds since 1970. */
  timestamp: number;
  pushName: string | null;
  /** True where members speak: a group, or statuses. */
  shared: boolean;
};

/** @param destination where a message from the account's own phone went */
export function envelopeOf(
  node: BinaryNode,
  ownUsers: string[],
  destination: string | undefined,
): Envelope {
  const { id = "", t, notify } = node.attrs;
  const from = senderOf(node);
  const fromMe = ownUsers.includes(jidDecode(from.id)?.user ?? "");
  return {
    id,
    from,
    fromMe,
    chat: chatOf(node, fromMe ? destination : undefined),
    timestamp: Number(t) * 1_000,
    pushName: notify ?? null,
    shared: node.attrs["participant"] !== undefined,
  };
}

/** Who sent it, with the other address where the stanza has it. */
export function senderOf({ attrs }: BinaryNode): Contact {
  return attrs["participant"]
    ? toContact(attrs["participant"], attrs["participant_pn"] ?? attrs["participant_lid"])
    : toContact(attrs["from"] ?? "", attrs["sender_pn"] ?? attrs["sender_lid"]);
}

function chatOf(node: BinaryNode, destination: string | undefined): Contact {
  const { attrs } = node;
  // In a group, the destination of the own phone's message is the group.
  if (attrs["participant"]) return toContact(attrs["from"] ?? "");
  if (destination) return toContact(destination, attrs["recipient_pn"] ?? attrs["recipient_lid"]);
  return senderOf(node);
}

/** Every JID of a contact. */
export function addressesOf({ id, phone, lid }: Contact): string[] {
  const byPhone = phone === null ? [] : [`${phone.slice(1)}@s.whatsapp.net`];
  return [...new Set([id, ...(lid === null ? [] : [lid]), ...byPhone])];
}
