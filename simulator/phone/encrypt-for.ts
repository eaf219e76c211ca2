import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { lidJidOf, phoneJidOf, type Account, type Device } from "../accounts/account.ts";
import { fetchBundle } from "../routing/fetch-bundle.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { encodeMessage } from "./message-content.ts";
import type { PhoneState } from "./phone-state.ts";

export const encNode = (
  type: string,
  content: Uint8Array,
  attributes: Record<string, string> = {},
): BinaryNode => ({ tag: "enc", attrs: { v: "2", type, ...attributes }, content });

/** Every device of an account but the phone itself. */
export const otherDevices = (phone: PhoneState, account: Account | undefined): Device[] =>
  [...(account?.devices.values() ?? [])].filter((device) => device !== phone.device);

/** A message for one device alone; starts a session with it if there is none. */
export const encryptFor = async (
  phone: PhoneState,
  device: Device,
  message: proto.IMessage,
  attributes?: Record<string, string>,
): Promise<BinaryNode> => {
  if (!phone.sessions.has(device)) {
    const { bundle, preKey } = fetchBundle(phone.world, device);
    await phone.sessions.begin(device, bundle, preKey);
  }
  const { type, body } = await phone.sessions.encrypt(device, encodeMessage(message));
  return encNode(type, body, attributes);
};

export const addressed = (device: Device, byLid: boolean, content: BinaryNode): BinaryNode => ({
  tag: "to",
  attrs: { jid: byLid ? lidJidOf(device) : phoneJidOf(device) },
  content: [content],
});
