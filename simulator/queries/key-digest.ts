import { createHash } from "node:crypto";
import type { Device } from "../accounts/account.ts";
import { listPreKeys } from "../accounts/pre-key-pool.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { toBytes } from "../stanza/read-node.ts";
import { signedKeyNodes } from "./key-bundle-nodes.ts";
import { isQuery, type Query } from "./query.ts";

const leaf = (tag: string, content: Uint8Array): BinaryNode => ({ tag, attrs: {}, content });

const digest = ({ bundle, preKeys }: Device): BinaryNode => {
  const keys = listPreKeys(preKeys);
  const hash = createHash("sha1")
    .update(bundle.identity)
    .update(bundle.signedPreKey.value)
    .update(bundle.signedPreKey.signature);
  for (const { value } of keys) hash.update(value);
  const ids = keys.map(({ id }) => leaf("id", toBytes(id, 3)));
  const content = [
    ...signedKeyNodes(bundle),
    { tag: "list", attrs: {}, content: ids },
    leaf("hash", hash.digest()),
  ];
  return { tag: "digest", attrs: {}, content };
};

/** The server's idea of a device's keys, which the client compares with its own. */
export const keyDigest: Query = {
  matches: isQuery("encrypt", "get", "digest"),
  answer: ({ device }) => [digest(device)],
};
