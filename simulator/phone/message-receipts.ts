import type { Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { isSharedJid, lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { timestamp } from "../world.ts";
import type { PhoneState } from "./phone-state.ts";
import { acknowledge, submit } from "./submit.ts";

/** Whom a receipt for this stanza goes to: back where it came from. */
export const chatOf = ({ attrs }: BinaryNode): { to: string; participant?: string } => {
  const { from = "", participant } = attrs;
  return participant === undefined ? { to: from } : { to: from, participant };
};

/** Tells the author's devices that the message was read or heard; `chat` is a number or a JID. */
export const sendReadReceipt = (
  phone: PhoneState,
  id: string,
  author: Device,
  chat: string,
  type: "read" | "played" = "read",
): void => {
  const to = isSharedJid(chat)
    ? { to: chat, participant: toJid(author.account.lid, lidServer, author.id) }
    : { to: toJid(author.account.number, phoneServer) };
  submit(phone, {
    tag: "receipt",
    attrs: { id, ...to, type, t: timestamp(phone.world) },
  });
};

const deliveryType = (phone: PhoneState, node: BinaryNode, author: Device): string | undefined => {
  if (node.attrs["category"] === "peer") return "peer_msg";
  return author.account === phone.account ? "sender" : undefined;
};

/** Confirms a message as the phone is set to: delivered, read at once, or nothing said. */
export const confirmMessage = (phone: PhoneState, node: BinaryNode, author: Device): void => {
  const { autoReceipts, autoRead } = phone.settings;
  const { id = "", from = "" } = node.attrs;
  if (!autoReceipts) return acknowledge(phone, node);
  const type = deliveryType(phone, node, author);
  submit(phone, {
    tag: "receipt",
    attrs: { id, ...chatOf(node), ...(type === undefined ? {} : { type }) },
  });
  if (autoRead && author.account !== phone.account) sendReadReceipt(phone, id, author, from);
};
