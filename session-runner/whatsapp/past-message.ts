// Messages from before the device was linked, as the phone tells them.
import type { Contact } from "#shared/address.ts";
import type { ReceivedContent } from "#shared/contracts/message-content.ts";
import { proto } from "./baileys.ts";
import type { WAMessage } from "./baileys.ts";
import { toContact } from "./contact.ts";
import { fromWhatsapp } from "./from-whatsapp.ts";

export type PastMessage = {
  whatsappId: string;
  chat: Contact;
  /** Absent on what the account itself sent. */
  from?: Contact;
  /** Milliseconds since 1970. */
  sentAt: number;
  content: ReceivedContent;
};

/** Undefined for what says nothing to a person. */
export function toPastMessage({
  key,
  message,
  messageTimestamp,
}: WAMessage): PastMessage | undefined {
  const { id, remoteJid, remoteJidAlt, participant, participantAlt, fromMe } = key;
  if (!id || !remoteJid || !message) return undefined;
  const said = fromWhatsapp(padded(proto.Message.encode(message).finish()));
  if (said?.kind !== "message") return undefined;
  const { content } = said;
  const chat = toContact(remoteJid, remoteJidAlt ?? undefined);
  const from = participant ? toContact(participant, participantAlt ?? undefined) : chat;
  const sentAt = Number(messageTimestamp ?? 0) * 1_000;
  return { whatsappId: id, chat, sentAt, content, ...(fromMe ? {} : { from }) };
}

/** As it would have come over the wire. */
function padded(plaintext: Uint8Array): Uint8Array {
  return Buffer.concat([plaintext, Buffer.of(1)]);
}
