import type { KeyBundle } from "../accounts/account.ts";
import type { PreKey } from "../accounts/pre-key-pool.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { toBytes } from "../stanza/read-node.ts";

const leaf = (tag: string, content: Uint8Array): BinaryNode => ({ tag, attrs: {}, content });

const signalKeyType = Buffer.from([5]);

/** Registration id, identity and signed pre-key, as stanzas carry them. */
export const signedKeyNodes = (bundle: KeyBundle): BinaryNode[] => [
  leaf("registration", toBytes(bundle.registrationId, 4)),
  leaf("type", signalKeyType),
  leaf("identity", bundle.identity),
  {
    tag: "skey",
    attrs: {},
    content: [
      leaf("id", toBytes(bundle.signedPreKey.id, 3)),
      leaf("value", bundle.signedPreKey.value),
      leaf("signature", bundle.signedPreKey.signature),
    ],
  },
];

export const preKeyNode = (key: PreKey): BinaryNode => ({
  tag: "key",
  attrs: {},
  content: [leaf("id", toBytes(key.id, 3)), leaf("value", key.value)],
});
