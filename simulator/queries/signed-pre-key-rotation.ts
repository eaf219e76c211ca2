import { child } from "../stanza/read-node.ts";
import { isQuery, type Query } from "./query.ts";
import { readSignedPreKey } from "./signed-pre-key.ts";

export const signedPreKeyRotation: Query = {
  matches: isQuery("encrypt", "set", "rotate"),
  answer: ({ world, device, iq }) => {
    const signedPreKey = readSignedPreKey(child(iq, "rotate"), device.bundle.identity);
    if (!signedPreKey) return { error: 406, text: "the signed pre-key is not signed by its owner" };
    world.accounts.setBundle(device, { ...device.bundle, signedPreKey });
    return [];
  },
};
