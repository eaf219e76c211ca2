import { preKeyNode, signedKeyNodes } from "../queries/key-bundle-nodes.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { toBytes } from "../stanza/read-node.ts";
import { timestamp } from "../world.ts";
import { chatOf } from "./message-receipts.ts";
import type { PhoneState } from "./phone-state.ts";
import { nextPreKeys } from "./signal-keys.ts";
import { acknowledge, submit } from "./submit.ts";

const mostRetries = 5;

const freshKeys = (phone: PhoneState): BinaryNode => {
  const bundle = signedKeyNodes(phone.device.bundle).filter(({ tag }) => tag !== "registration");
  const fresh = nextPreKeys(phone.keys, 1);
  for (const { id, pair } of fresh) phone.sessions.addPreKey(id, pair);
  phone.saveKeys();
  return {
    tag: "keys",
    attrs: {},
    content: [...bundle, ...fresh.map(({ shared }) => preKeyNode(shared))],
  };
};

/**
 * Asks the author to encrypt a message again; from the second time on with fresh keys, so that the
 * author can start a new session.
 */
export const askForRetry = (phone: PhoneState, node: BinaryNode): void => {
  const { id = "", t = timestamp(phone.world), from, participant } = node.attrs;
  const key = `${from} ${participant} ${id}`;
  const count = (phone.retries.get(key) ?? 0) + 1;
  phone.retries.set(key, count);
  if (count > mostRetries) return acknowledge(phone, node);
  const registration = toBytes(phone.device.bundle.registrationId, 4);
  submit(phone, {
    tag: "receipt",
    attrs: { id, ...chatOf(node), type: "retry" },
    content: [
      { tag: "retry", attrs: { count: String(count), id, t, v: "1" } },
      { tag: "registration", attrs: {}, content: registration },
      ...(count > 1 ? [freshKeys(phone)] : []),
    ],
  });
};
