import type { MessageStatus } from "#shared/contracts/message-status.ts";
import type { Contact } from "#shared/address.ts";
import type { BinaryNode } from "./baileys.ts";
import { jidDecode } from "./baileys.ts";
import { senderOf } from "./envelope.ts";

export type Receipt = {
  whatsappIds: string[];
  status: MessageStatus;
  from: string;
  /** In a group: whose receipt it is. */
  recipient?: Contact;
};

/** Receipt types that tell the sender something. Retry, sender and peer receipts are plumbing. */
const statusOf: Record<string, MessageStatus> = {
  delivery: "delivered",
  inactive: "delivered",
  read: "read",
  played: "played",
};

/** What a receipt says about messages that we sent; undefined when it says nothing of the kind. */
export function findReceipt(node: BinaryNode, ownUsers: string[]): Receipt | undefined {
  const { from, type = "delivery", id, participant, recipient } = node.attrs;
  const status = statusOf[type];
  if (!status || !from || !id || recipient) return undefined;
  const reader = participant ?? from;
  if (ownUsers.includes(jidDecode(reader)?.user ?? "")) return undefined;
  const whatsappIds = [id, ...listedIds(node)];
  if (participant === undefined) return { whatsappIds, status, from: reader };
  return { whatsappIds, status, from, recipient: senderOf(node) };
}

function listedIds(node: BinaryNode): string[] {
  const children = Array.isArray(node.content) ? node.content : [];
  return children
    .filter(({ tag }) => tag === "list")
    .flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .flatMap(({ attrs }) => (attrs["id"] ? [attrs["id"]] : []));
}
