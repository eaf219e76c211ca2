import type { Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { children } from "../stanza/read-node.ts";
import type { ActiveFaults } from "./active-faults.ts";

/** From the end: always within what the MAC or the signature covers, whatever the kind. */
const damagedByte = 20;

const damage = (enc: BinaryNode): BinaryNode => {
  if (enc.tag !== "enc" || !(enc.content instanceof Uint8Array)) return enc;
  const content = Buffer.from(enc.content);
  content[content.length - damagedByte] = (content.at(-damagedByte) ?? 0) ^ 1;
  return { ...enc, content };
};

/** The message as it reaches this device: with broken ciphertexts while that fault is active. */
export const damaged = (
  faults: ActiveFaults,
  { account }: Device,
  message: BinaryNode,
): BinaryNode => {
  const struck = faults.strike("corrupt-messages", ({ toNumber }) =>
    [undefined, account.number].includes(toNumber),
  );
  return struck ? { ...message, content: children(message).map(damage) } : message;
};
