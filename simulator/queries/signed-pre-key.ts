import { toSignalKey, verify } from "../noise/curve.ts";
import type { KeyBundle } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { child, requireBytes, toNumber } from "../stanza/read-node.ts";

/** Reads `<skey>` and checks that its owner signed it; undefined when not. */
export const readSignedPreKey = (
  parent: BinaryNode | undefined,
  identity: Uint8Array,
): KeyBundle["signedPreKey"] | undefined => {
  const skey = child(parent, "skey");
  const value = requireBytes(skey, "value", 32);
  const signature = requireBytes(skey, "signature", 64);
  return verify(identity, toSignalKey(value), signature)
    ? { id: toNumber(requireBytes(skey, "id")), value, signature }
    : undefined;
};
