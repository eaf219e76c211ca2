import { inflateSync } from "node:zlib";
import * as tokens from "@whiskeysockets/baileys/lib/WABinary/constants.js";
import { decodeDecompressedBinaryNode } from "@whiskeysockets/baileys/lib/WABinary/decode.js";
import { encodeBinaryNode } from "@whiskeysockets/baileys/lib/WABinary/encode.js";
import type { BinaryNode } from "@whiskeysockets/baileys/lib/WABinary/types.js";

export type { BinaryNode };

const compressed = 2;
const largestInflated = 16 * 1024 * 1024;

export const encodeNode = (node: BinaryNode): Buffer => encodeBinaryNode(node);

/** Synchronous, so that a connection's stanzas are handled in the order in which they came. */
export const decodeNode = (bytes: Buffer): BinaryNode => {
  const flags = bytes[0];
  if (flags === undefined) throw new Error("an empty frame is no stanza");
  const body = bytes.subarray(1);
  const plain =
    (flags & compressed) === 0 ? body : inflateSync(body, { maxOutputLength: largestInflated });
  return decodeDecompressedBinaryNode(plain, tokens);
};
