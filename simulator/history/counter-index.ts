import { createHash } from "node:crypto";
import type { BinaryNode } from "../stanza/codec.ts";
import { bytesOf, child, children } from "../stanza/read-node.ts";
import { readSignalHeader } from "./signal-header.ts";

const shortHash = (value: string | Uint8Array): string =>
  createHash("sha256").update(value).digest("base64").slice(0, 20);

const offendersKept = 100;

/** Remembers which ciphertext used which ratchet step, and notes a step used for two. */
export const makeCounterIndex = (limit: number) => {
  const ciphertexts = new Map<string, string>();
  const offenders: string[] = [];

  const observe = (sender: string, recipient: string, id: string, enc: BinaryNode): void => {
    const bytes = bytesOf(enc);
    const header = bytes && readSignalHeader(enc.attrs["type"], bytes);
    if (!bytes || !header) return;
    const step = shortHash([sender, recipient, header.chain, header.counter].join(" "));
    const seen = ciphertexts.get(step);
    const hash = shortHash(bytes);
    if (seen === hash) return;
    if (seen !== undefined && offenders.length < offendersKept)
      offenders.push(
        `${sender} to ${recipient}: counter ${header.counter} of chain ${header.chain} ` +
          `used again with another ciphertext, in message ${id}`,
      );
    if (seen === undefined && ciphertexts.size >= limit) {
      const [oldest] = ciphertexts.keys();
      if (oldest !== undefined) ciphertexts.delete(oldest);
    }
    ciphertexts.set(step, hash);
  };

  return {
    /** Looks at every ciphertext of a message as its sender gave it to the server. */
    observe: (sender: string, message: BinaryNode): void => {
      const { id = "", to = "" } = message.attrs;
      for (const enc of children(message, "enc")) observe(sender, to, id, enc);
      for (const target of children(child(message, "participants"), "to"))
        for (const enc of children(target, "enc"))
          observe(sender, target.attrs["jid"] ?? "", id, enc);
    },
    offenders: (): string[] => [...offenders],
    clear: (): void => {
      ciphertexts.clear();
      offenders.length = 0;
    },
  };
};
