import { createHash } from "node:crypto";
import { phoneJidOf, type Device } from "../accounts/account.ts";
import { preKeyNode, signedKeyNodes } from "../queries/key-bundle-nodes.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { bytesOf, child, children, toBytes } from "../stanza/read-node.ts";
import { timestamp } from "../world.ts";
import { findIdentityFault } from "./check-device-identity.ts";
import { decodeMessage, textOf } from "./message-content.ts";
import type { ReceivedMessage } from "./inbox.ts";
import type { PhoneState } from "./phone-state.ts";
import { nextPreKeys } from "./signal-keys.ts";
import type { CipherKind } from "./signal-sessions.ts";
import { acknowledge, submit } from "./submit.ts";

const ciphertextsRemembered = 5_000;
const mostRetries = 5;

type Opened =
  | { outcome: "message"; message: ReceivedMessage }
  | { outcome: "duplicate" }
  | { outcome: "undecryptable"; reason: string };

const isCipherKind = (type: string | undefined): type is CipherKind =>
  type === "pkmsg" || type === "msg";

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const open = async (phone: PhoneState, sender: Device, node: BinaryNode): Promise<Opened> => {
  const { account, world, sessions } = phone;
  const enc = children(node, "enc")[0];
  const ciphertext = bytesOf(enc);
  const kind = enc?.attrs["type"];
  const { id = "", recipient } = node.attrs;
  if (!ciphertext || !isCipherKind(kind))
    return { outcome: "undecryptable", reason: "no ciphertext that a phone can read" };

  const envelope = {
    id,
    from: sender.account.number,
    fromDevice: sender.id,
    to: world.accounts.ofJid(recipient)?.number ?? account.number,
    at: new Date(world.now()).toISOString(),
    kind,
  };
  if (!phone.settings.decrypt) return { outcome: "message", message: { ...envelope, text: "" } };

  const hash = createHash("sha256").update(ciphertext).digest("base64");
  if (phone.seenCiphertexts.has(hash)) return { outcome: "duplicate" };
  const identityFault =
    kind === "pkmsg"
      ? findIdentityFault(sender, bytesOf(child(node, "device-identity")))
      : undefined;
  if (identityFault) return { outcome: "undecryptable", reason: identityFault };
  const opened = await sessions
    .decrypt(sender, kind, ciphertext)
    .then((plaintext) => ({ decoded: decodeMessage(plaintext) }))
    .catch((error: unknown) => ({ reason: reasonOf(error) }));
  if ("reason" in opened) return { outcome: "undecryptable", reason: opened.reason };
  const { decoded } = opened;
  phone.seenCiphertexts.add(hash);
  const [oldest] = phone.seenCiphertexts;
  if (phone.seenCiphertexts.size > ciphertextsRemembered && oldest !== undefined)
    phone.seenCiphertexts.delete(oldest);
  world.history.recordDecryption(account.number, phoneJidOf(sender), id);
  const message = decoded.deviceSentMessage?.message ?? decoded;
  return {
    outcome: "message",
    message: { ...envelope, text: textOf(message), message: decoded },
  };
};

const deliveryReceipt = (node: BinaryNode): BinaryNode => {
  const { id = "", from = "", category } = node.attrs;
  const type = category === "peer" ? { type: "peer_msg" } : {};
  return { tag: "receipt", attrs: { id, to: from, ...type } };
};

/** From the second time on with fresh keys, so that the sender can start a new session. */
const askForRetry = (phone: PhoneState, node: BinaryNode): void => {
  const { id = "", from = "", t = timestamp(phone.world) } = node.attrs;
  const key = `${from} ${id}`;
  const count = (phone.retries.get(key) ?? 0) + 1;
  phone.retries.set(key, count);
  if (count > mostRetries) return acknowledge(phone, node);
  const bundle = signedKeyNodes(phone.device.bundle).filter(({ tag }) => tag !== "registration");
  const fresh = count > 1 ? nextPreKeys(phone.keys, 1) : [];
  for (const { id: keyId, pair } of fresh) phone.sessions.addPreKey(keyId, pair);
  phone.saveKeys();
  const keys: BinaryNode[] = fresh.map(({ shared }) => ({
    tag: "keys",
    attrs: {},
    content: [...bundle, preKeyNode(shared)],
  }));
  submit(phone, {
    tag: "receipt",
    attrs: { id, to: from, type: "retry" },
    content: [
      { tag: "retry", attrs: { count: String(count), id, t, v: "1" } },
      {
        tag: "registration",
        attrs: {},
        content: toBytes(phone.device.bundle.registrationId, 4),
      },
      ...keys,
    ],
  });
};

const confirm = (phone: PhoneState, node: BinaryNode, sender: Device): void => {
  const { autoReceipts, autoRead } = phone.settings;
  const own = sender.account === phone.account;
  if (!autoReceipts) return acknowledge(phone, node);
  const receipt = deliveryReceipt(node);
  if (own && node.attrs["category"] !== "peer") receipt.attrs["type"] = "sender";
  submit(phone, receipt);
  if (autoRead && !own) submit(phone, readReceipt(phone, node.attrs["id"] ?? "", sender));
};

/** Tells the author's devices that the message was read. */
export const readReceipt = (phone: PhoneState, id: string, author: Device): BinaryNode => ({
  tag: "receipt",
  attrs: {
    id,
    to: `${author.account.number}@s.whatsapp.net`,
    type: "read",
    t: timestamp(phone.world),
  },
});

/** What a phone does with a message: decrypt, show it once, confirm it or ask for it again. */
export const receiveMessage = async (phone: PhoneState, node: BinaryNode): Promise<void> => {
  const { world, inbox, sessions } = phone;
  const sender = world.accounts.deviceOfJid(node.attrs["from"]);
  // Its sender was unlinked meanwhile, and its keys are gone.
  if (!sender) return acknowledge(phone, node);
  const opened = await open(phone, sender, node);
  world.store.transaction(() => {
    sessions.save();
    if (opened.outcome === "undecryptable") {
      const { id = "" } = node.attrs;
      phone.undecryptable.push({ id, from: sender.account.number, reason: opened.reason });
      askForRetry(phone, node);
      return;
    }
    const shown = opened.outcome === "message" && node.attrs["category"] !== "peer";
    if (shown && !inbox.has(opened.message)) inbox.add(opened.message);
    confirm(phone, node, sender);
  });
};
