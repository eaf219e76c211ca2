// Where a ciphertext came from. Signal's decryption gets only the bytes; the stanza around them is
// remembered by the identity of those bytes.
import { createHash } from "node:crypto";
import type { Contact } from "#shared/address.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import { foreignMessageId } from "#shared/message-id.ts";
import type { BinaryNode } from "./baileys.ts";
import { jidDecode, jidNormalizedUser } from "./baileys.ts";
import { toContact } from "./contact.ts";
import { fromWhatsapp, sentTo } from "./from-whatsapp.ts";

export type Stanzas = {
  remember(node: BinaryNode): void;
  find(ciphertext: Uint8Array): BinaryNode | undefined;
};

export function createStanzas(): Stanzas {
  const nodes = new WeakMap<object, BinaryNode>();
  return {
    remember(node) {
      if (!Array.isArray(node.content)) return;
      for (const child of node.content) {
        if (child.tag === "enc" && child.content instanceof Uint8Array)
          nodes.set(child.content, node);
      }
    },
    find: (ciphertext) => nodes.get(ciphertext),
  };
}

/** Names a received message within its session, whichever device of the sender it came from. */
export function inboundKey({ attrs }: BinaryNode): string {
  const sender = attrs["participant"] ?? attrs["from"] ?? "";
  return [attrs["from"], jidNormalizedUser(sender), attrs["id"]].join("|");
}

export function digestOf(ciphertext: Uint8Array): string {
  return createHash("sha256").update(ciphertext).digest("base64url");
}

/** The event of a decrypted message; undefined when it says nothing to a person. */
export function toReceivedEvent(
  sessionId: string,
  ownUsers: string[],
  node: BinaryNode,
  plaintext: Uint8Array,
): EventDraft | undefined {
  const content = fromWhatsapp(plaintext);
  const { id, t, notify } = node.attrs;
  if (!content || !id) return undefined;
  const from = sender(node);
  const fromMe = ownUsers.includes(jidDecode(from.id)?.user ?? "");
  const chat = chatOf(node, fromMe ? sentTo(plaintext) : undefined);
  const timestamp = Number(t) * 1_000;
  const identity = { chat: chat.id, sender: from.id, whatsappId: id, timestamp };
  return {
    type: "message.received",
    data: {
      messageId: foreignMessageId(sessionId, identity),
      whatsappId: id,
      chat,
      from,
      fromMe,
      pushName: notify ?? null,
      sentAt: new Date(timestamp).toISOString(),
      content,
    },
  };
}

function sender({ attrs }: BinaryNode): Contact {
  return attrs["participant"]
    ? toContact(attrs["participant"], attrs["participant_pn"] ?? attrs["participant_lid"])
    : toContact(attrs["from"] ?? "", attrs["sender_pn"] ?? attrs["sender_lid"]);
}

function chatOf(node: BinaryNode, destination: string | undefined): Contact {
  const { attrs } = node;
  if (destination) return toContact(destination, attrs["recipient_pn"] ?? attrs["recipient_lid"]);
  return attrs["participant"] ? toContact(attrs["from"] ?? "") : sender(node);
}
