import * as contacts from "#functions/store/contacts.ts";
import { isGroup, keptAddress } from "#shared/address.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { MessageDeps } from "./message-deps.ts";

/**
 * Whether a message was said in this chat, whichever of a person's addresses either goes by. What the
 * message itself does not tell is looked up: a read unit, or one for about 40 contacts of a LID.
 */
export async function isOfChat(
  { messages }: MessageDeps,
  { pk: sessionId, chat, from }: MessageItem,
  to: string,
): Promise<boolean> {
  if (chat === to) return true;
  if (isGroup(chat) || isGroup(to)) return false;
  if (from && [from.id, from.lid, keptAddress(from)].includes(to)) return true;
  return (await contacts.findAddresses(messages, sessionId, to)).includes(chat);
}

/** Whether somebody said it in a group to whom alone it may be answered. */
export async function isByMember(
  { messages }: MessageDeps,
  { pk: sessionId, chat, from }: MessageItem,
  to: string,
): Promise<boolean> {
  if (!isGroup(chat) || isGroup(to) || !from) return false;
  const known = [from.id, from.lid, keptAddress(from)];
  if (known.includes(to)) return true;
  const addresses = await contacts.findAddresses(messages, sessionId, to);
  return addresses.some((address) => known.includes(address));
}
