import type { BinaryNode } from "../stanza/codec.ts";
import { child, children } from "../stanza/read-node.ts";
import { answerMediaRetry } from "./answer-media-retry.ts";
import type { PhoneState } from "./phone-state.ts";
import type { PhoneReceipt } from "./receipt-log.ts";
import { receiveMessage } from "./receive-message.ts";
import { resendMessage } from "./resend-message.ts";
import { acknowledge } from "./submit.ts";
import { uploadPreKeys } from "./upload-pre-keys.ts";

const receiptTypes = new Set(["read", "played", "retry", "inactive"]);

const receiptType = (type: string | undefined): PhoneReceipt["type"] =>
  type !== undefined && receiptTypes.has(type) ? (type as PhoneReceipt["type"]) : "delivery";

const receiveReceipt = async (phone: PhoneState, node: BinaryNode): Promise<void> => {
  const { id = "", from, participant, type } = node.attrs;
  const items = children(child(node, "list"), "item").map(({ attrs }) => attrs["id"] ?? "");
  const author = phone.world.accounts.ofJid(participant ?? from)?.number ?? "";
  const at = new Date(phone.world.now()).toISOString();
  if (type !== "server-error")
    for (const each of [id, ...items])
      phone.receipts.add({ id: each, from: author, type: receiptType(type), at });
  if (type === "server-error") answerMediaRetry(phone, node);
  if (type === "retry") await resendMessage(phone, node);
  acknowledge(phone, node);
};

/** Handles what the server delivers to a phone, one stanza after the other. */
export const receiveStanza = async (phone: PhoneState, node: BinaryNode): Promise<void> => {
  if (node.tag === "message") await receiveMessage(phone, node);
  if (node.tag === "receipt") await receiveReceipt(phone, node);
  if (node.tag === "notification") {
    if (node.attrs["type"] === "encrypt") uploadPreKeys(phone);
    acknowledge(phone, node);
  }
};
