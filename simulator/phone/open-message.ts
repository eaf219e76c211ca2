import { createHash } from "node:crypto";
import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { phoneJidOf, type Device } from "../accounts/account.ts";
import { readContent, textOf } from "../content/read-content.ts";
import { unwrapMessage } from "../content/unwrap-message.ts";
import { isSharedJid } from "../stanza/jid.ts";
import { readVote } from "./poll-answers.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { bytesOf, child, children } from "../stanza/read-node.ts";
import { findIdentityFault } from "./check-device-identity.ts";
import type { MessageKind, ReceivedMessage } from "./inbox.ts";
import { decodeMessage } from "./message-content.ts";
import type { PhoneState } from "./phone-state.ts";

/** What became of a message that a phone got. */
export type Opened =
  | { outcome: "message"; message: ReceivedMessage }
  | { outcome: "duplicate" }
  | { outcome: "undecryptable"; reason: string };

const ciphertextsRemembered = 5_000;

const isKind = (type: string | undefined): type is MessageKind =>
  type === "pkmsg" || type === "msg" || type === "skmsg";

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const remember = (phone: PhoneState, hash: string): void => {
  phone.seenCiphertexts.add(hash);
  const [oldest] = phone.seenCiphertexts;
  if (phone.seenCiphertexts.size > ciphertextsRemembered && oldest !== undefined)
    phone.seenCiphertexts.delete(oldest);
};

const decrypt = async (
  phone: PhoneState,
  sender: Device,
  node: BinaryNode,
  enc: BinaryNode,
): Promise<proto.Message> => {
  const { sessions } = phone;
  const { from = "" } = node.attrs;
  const kind = enc.attrs["type"];
  const ciphertext = bytesOf(enc);
  if (!ciphertext || !isKind(kind)) throw new Error(`a phone cannot read type ${kind}`);
  if (kind === "skmsg")
    return decodeMessage(await sessions.decryptFromGroup(from, sender, ciphertext));
  const fault =
    kind === "pkmsg" && findIdentityFault(sender, bytesOf(child(node, "device-identity")));
  if (fault) throw new Error(fault);
  const message = decodeMessage(await sessions.decrypt(sender, kind, ciphertext));
  const senderKey = message.senderKeyDistributionMessage?.axolotlSenderKeyDistributionMessage;
  if (isSharedJid(from) && senderKey) await sessions.acceptSenderKey(from, sender, senderKey);
  return message;
};

/** Decrypts a message: its last ciphertext is the content, those before it bring a group's key. */
export const openMessage = async (
  phone: PhoneState,
  sender: Device,
  node: BinaryNode,
): Promise<Opened> => {
  const { account, world } = phone;
  const ciphertexts = children(node, "enc");
  const content = ciphertexts.at(-1);
  const kind = content?.attrs["type"];
  const { id = "", recipient, from = "" } = node.attrs;
  if (!content || !isKind(kind))
    return { outcome: "undecryptable", reason: "there is no ciphertext that a phone can read" };

  const envelope = {
    id,
    from: sender.account.number,
    fromDevice: sender.id,
    to: isSharedJid(from) ? from : (world.accounts.ofJid(recipient)?.number ?? account.number),
    at: new Date(world.now()).toISOString(),
    kind,
  };
  if (!phone.settings.decrypt) return { outcome: "message", message: { ...envelope, text: "" } };

  const hash = createHash("sha256")
    .update(bytesOf(content) ?? "")
    .digest("base64");
  if (phone.seenCiphertexts.has(hash)) return { outcome: "duplicate" };
  try {
    let decoded: proto.Message | undefined;
    for (const enc of ciphertexts) decoded = await decrypt(phone, sender, node, enc);
    if (!decoded) return { outcome: "undecryptable", reason: "there is nothing in it" };
    remember(phone, hash);
    world.history.recordDecryption(account.number, phoneJidOf(sender), id);
    const { pollUpdateMessage } = unwrapMessage(decoded);
    const vote = pollUpdateMessage && readVote(phone, sender.account, pollUpdateMessage);
    const content = readContent(decoded, vote ?? undefined);
    const text = textOf(decoded);
    return { outcome: "message", message: { ...envelope, text, content, message: decoded } };
  } catch (error) {
    return { outcome: "undecryptable", reason: reasonOf(error) };
  }
};
