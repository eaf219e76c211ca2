import { addPreKeys } from "../accounts/pre-key-pool.ts";
import { child, children, requireBytes, toNumber } from "../stanza/read-node.ts";
import { isQuery, type Query } from "./query.ts";
import { readSignedPreKey } from "./signed-pre-key.ts";

/** A device uploads its key bundle with fresh one-time keys: 812 at first, then 5 at a time. */
export const preKeyUpload: Query = {
  matches: isQuery("encrypt", "set", "list"),
  answer: ({ world, device, iq }) => {
    const identity = requireBytes(iq, "identity", 32);
    const signedPreKey = readSignedPreKey(iq, identity);
    if (!signedPreKey) return { error: 406, text: "the signed pre-key is not signed by its owner" };
    const registrationId = toNumber(requireBytes(iq, "registration", 4));
    const keys = children(child(iq, "list"), "key").map((key) => ({
      id: toNumber(requireBytes(key, "id")),
      value: requireBytes(key, "value", 32),
    }));
    world.store.transaction(() => {
      world.accounts.setBundle(device, { registrationId, identity, signedPreKey });
      world.accounts.setPreKeys(device, addPreKeys(device.preKeys, keys));
    });
    return [];
  },
};
