import { signedKeyNodes } from "./key-bundle-nodes.ts";
import { isQuery, type Query } from "./query.ts";

/** The client compares the server's idea of its keys with its own; Baileys only wants a digest. */
export const keyDigest: Query = {
  matches: isQuery("encrypt", "get", "digest"),
  answer: ({ device }) => [{ tag: "digest", attrs: {}, content: signedKeyNodes(device.bundle) }],
};
