import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { phoneJidOf, type Account, type Device } from "../accounts/account.ts";
import { fetchBundle } from "../routing/fetch-bundle.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { phoneServer, toJid } from "../stanza/jid.ts";
import { encodeMessage } from "./message-content.ts";
import type { PhoneState } from "./phone-state.ts";
import { submit } from "./submit.ts";

const newMessageId = (phone: PhoneState): string =>
  `3A${Buffer.from(phone.world.random(9)).toString("hex").toUpperCase()}`;

const encryptFor = async (
  phone: PhoneState,
  device: Device,
  message: proto.IMessage,
): Promise<BinaryNode> => {
  if (!phone.sessions.has(device)) {
    const { bundle, preKey } = fetchBundle(phone.world, device);
    await phone.sessions.begin(device, bundle, preKey);
  }
  const { type, body } = await phone.sessions.encrypt(device, encodeMessage(message));
  return {
    tag: "to",
    attrs: { jid: phoneJidOf(device) },
    content: [{ tag: "enc", attrs: { v: "2", type }, content: body }],
  };
};

const send = async (
  phone: PhoneState,
  recipient: Account,
  message: proto.IMessage,
): Promise<{ id: string }> => {
  const id = newMessageId(phone);
  const chat = toJid(recipient.number, phoneServer);
  const copy = { deviceSentMessage: { destinationJid: chat, message } };
  const participants: BinaryNode[] = [];
  for (const device of recipient.devices.values())
    if (device !== phone.device) participants.push(await encryptFor(phone, device, message));
  if (recipient !== phone.account)
    for (const device of phone.account.devices.values())
      if (device !== phone.device) participants.push(await encryptFor(phone, device, copy));
  if (participants.length === 0)
    throw new Error(`${recipient.number} has no other device that could get this message`);
  phone.world.store.transaction(() => {
    phone.sessions.save();
    submit(phone, {
      tag: "message",
      attrs: { id, to: chat, type: "text" },
      content: [{ tag: "participants", attrs: {}, content: participants }],
    });
  });
  return { id };
};

/** Encrypts a message for every device of the other account and for the own companions. */
export const sendMessage = (
  phone: PhoneState,
  to: string,
  message: proto.IMessage,
): Promise<{ id: string }> => {
  const recipient = phone.world.accounts.ofNumber(to.replace(/^\+/, ""));
  if (!recipient)
    return Promise.reject(new Error(`${to} is not on this server: create a phone for it first`));
  return phone.inTurn(() => {
    if (!phone.device.stream)
      throw new Error(`phone ${phone.account.number} is offline: call goOnline() before it sends`);
    return send(phone, recipient, message);
  });
};
