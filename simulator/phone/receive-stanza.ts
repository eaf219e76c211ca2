import type { BinaryNode } from "../stanza/codec.ts";
import { child, children } from "../stanza/read-node.ts";
import type { PhoneReceipt, PhoneState } from "./phone-state.ts";
import { receiveMessage } from "./receive-message.ts";
import { acknowledge } from "./submit.ts";
import { uploadPreKeys } from "./upload-pre-keys.ts";

const receiptTypes = new Set(["read", "played", "retry", "inactive"]);
const receiptsKept = 20_000;

const receiptType = (type: string | undefined): PhoneReceipt["type"] =>
  type !== undefined && receiptTypes.has(type) ? (type as PhoneReceipt["type"]) : "delivery";

const receiveReceipt = (phone: PhoneState, node: BinaryNode): void => {
  const { id = "", from, type } = node.attrs;
  const items = children(child(node, "list"), "item").map(({ attrs }) => attrs["id"] ?? "");
  const author = phone.world.accounts.ofJid(from)?.number ?? "";
  const at = new Date(phone.world.now()).toISOString();
  for (const each of [id, ...items])
    phone.receipts.push({ id: each, from: author, type: receiptType(type), at });
  if (phone.receipts.length > receiptsKept) phone.receipts.splice(0, receiptsKept / 10);
  acknowledge(phone, node);
};

/** Handles what the server delivers to a phone, one stanza after the other. */
export const receiveStanza = async (phone: PhoneState, node: BinaryNode): Promise<void> => {
  if (node.tag === "message") await receiveMessage(phone, node);
  if (node.tag === "receipt") receiveReceipt(phone, node);
  if (node.tag === "notification") {
    if (node.attrs["type"] === "encrypt") uploadPreKeys(phone);
    acknowledge(phone, node);
  }
};
