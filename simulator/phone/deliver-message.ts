import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { Account, Device } from "../accounts/account.ts";
import { stanzaAttributes } from "../content/stanza-attributes.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { addressed, encNode, encryptFor, otherDevices } from "./encrypt-for.ts";
import { encodeMessage } from "./message-content.ts";
import type { PhoneState } from "./phone-state.ts";
import { devicesWithoutKey } from "./sender-key-memory.ts";
import { submit } from "./submit.ts";

export type DeliveryOptions = {
  /** Made up when absent; the same again for a resend. */
  id?: string | undefined;
  /** The chat is addressed by LID instead of by number. */
  byLid?: boolean | undefined;
  /** Companions of the recipient are told that there is a message, but do not get it. */
  unavailable?: "view_once" | "plain" | undefined;
};

type Outgoing = { id: string; to: string; message: proto.IMessage; content: BinaryNode[] };

const newMessageId = (phone: PhoneState): string =>
  `3A${Buffer.from(phone.world.random(9)).toString("hex").toUpperCase()}`;

const hand = (phone: PhoneState, { id, to, message, content }: Outgoing): void =>
  phone.world.store.transaction(() => {
    phone.sessions.save();
    const { type, edit } = stanzaAttributes(message);
    const attrs = { id, to, type, ...(edit === undefined ? {} : { edit }) };
    submit(phone, { tag: "message", attrs, content });
  });

const encAttributes = (message: proto.IMessage): Record<string, string> => {
  const { mediatype } = stanzaAttributes(message);
  return mediatype === undefined ? {} : { mediatype };
};

/** To one person: each device of theirs, and the own companions as a copy. */
export const deliverToPerson = async (
  phone: PhoneState,
  recipient: Account,
  message: proto.IMessage,
  options: DeliveryOptions = {},
): Promise<string> => {
  const { byLid = false, unavailable } = options;
  const chat = byLid ? toJid(recipient.lid, lidServer) : toJid(recipient.number, phoneServer);
  const copy = { deviceSentMessage: { destinationJid: chat, message } };
  const attributes = encAttributes(message);
  const notice: BinaryNode = {
    tag: "unavailable",
    attrs: unavailable === "view_once" ? { type: unavailable } : {},
  };
  const participants: BinaryNode[] = [];
  const add = async (device: Device, content: proto.IMessage): Promise<void> => {
    const hidden = unavailable !== undefined && device.id !== 0;
    const enc = hidden ? notice : await encryptFor(phone, device, content, attributes);
    participants.push(addressed(device, byLid, enc));
  };
  for (const device of otherDevices(phone, recipient)) await add(device, message);
  if (recipient !== phone.account)
    for (const device of otherDevices(phone, phone.account)) await add(device, copy);
  if (participants.length === 0)
    throw new Error(`${recipient.number} has no other device that could get this message`);
  const { id = newMessageId(phone) } = options;
  const content: BinaryNode[] = [{ tag: "participants", attrs: {}, content: participants }];
  hand(phone, { id, to: chat, message, content });
  return id;
};

/** What gives a device the key with which a group's messages are read. */
export const senderKeyMessage = async (
  phone: PhoneState,
  group: string,
): Promise<proto.IMessage> => ({
  senderKeyDistributionMessage: {
    groupId: group,
    axolotlSenderKeyDistributionMessage: await phone.sessions.distributeSenderKey(
      group,
      phone.device,
    ),
  },
});

/** To many at once (a group, status): one ciphertext, and the sender key to whoever lacks it. */
export const deliverShared = async (
  phone: PhoneState,
  chat: string,
  devices: Device[],
  message: proto.IMessage,
  options: DeliveryOptions = {},
): Promise<string> => {
  const needy = devicesWithoutKey(phone, chat, devices);
  const senderKey = await senderKeyMessage(phone, chat);
  const participants: BinaryNode[] = [];
  const byLid = options.byLid ?? true;
  for (const device of needy)
    participants.push(addressed(device, byLid, await encryptFor(phone, device, senderKey)));
  const { sessions, device: own } = phone;
  const shared = await sessions.encryptForGroup(chat, own, encodeMessage(message));
  const { id = newMessageId(phone) } = options;
  const content: BinaryNode[] = [
    ...(participants.length > 0 ? [{ tag: "participants", attrs: {}, content: participants }] : []),
    encNode("skmsg", shared, encAttributes(message)),
  ];
  hand(phone, { id, to: chat, message, content });
  return id;
};

/** To one own companion, about the account itself: keys, history, answers. */
export const deliverToCompanion = async (
  phone: PhoneState,
  companion: Device,
  message: proto.IMessage,
): Promise<string> => {
  const enc = await encryptFor(phone, companion, message);
  const id = newMessageId(phone);
  const to = toJid(phone.account.number, phoneServer, companion.id);
  phone.world.store.transaction(() => {
    phone.sessions.save();
    const attrs = { id, to, type: "text", category: "peer" };
    submit(phone, { tag: "message", attrs, content: [enc] });
  });
  return id;
};
