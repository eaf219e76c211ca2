// Where a ciphertext came from. Signal's decryption gets only the bytes; the stanza around them is
// remembered by the identity of those bytes.
import { createHash } from "node:crypto";
import type { BinaryNode } from "./baileys.ts";
import { jidNormalizedUser } from "./baileys.ts";

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

/** Names a received stanza within its session, whichever device of the sender it came from. */
export function inboundKey({ attrs }: BinaryNode): string {
  const { from = "", participant = from, id } = attrs;
  return seenKey(from, participant, id ?? "");
}

export function seenKey(from: string, sender: string, id: string): string {
  return [jidNormalizedUser(from), jidNormalizedUser(sender), id].join("|");
}

export function digestOf(ciphertext: Uint8Array): string {
  return createHash("sha256").update(ciphertext).digest("base64url");
}
