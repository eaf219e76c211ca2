import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { lidJidOf, phoneJidOf, type Account, type Device } from "../accounts/account.ts";
import { isGroupJid, type Group } from "../groups/groups.ts";
import { fetchBundle } from "../routing/fetch-bundle.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { phoneServer, toJid } from "../stanza/jid.ts";
import { encodeMessage } from "./message-content.ts";
import type { PhoneState } from "./phone-state.ts";
import { submit } from "./submit.ts";

const newMessageId = (phone: PhoneState): string =>
  `3A${Buffer.from(phone.world.random(9)).toString("hex").toUpperCase()}`;

const encNode = (type: string, content: Uint8Array): BinaryNode => ({
  tag: "enc",
  attrs: { v: "2", type },
  content,
});

const encryptFor = async (
  phone: PhoneState,
  device: Device,
  jid: string,
  message: proto.IMessage,
): Promise<BinaryNode> => {
  if (!phone.sessions.has(device)) {
    const { bundle, preKey } = fetchBundle(phone.world, device);
    await phone.sessions.begin(device, bundle, preKey);
  }
  const { type, body } = await phone.sessions.encrypt(device, encodeMessage(message));
  return { tag: "to", attrs: { jid }, content: [encNode(type, body)] };
};

const otherDevices = (phone: PhoneState, account: Account | undefined): Device[] =>
  [...(account?.devices.values() ?? [])].filter((device) => device !== phone.device);

const hand = (phone: PhoneState, id: string, to: string, content: BinaryNode[]): void =>
  phone.world.store.transaction(() => {
    phone.sessions.save();
    submit(phone, { tag: "message", attrs: { id, to, type: "text" }, content });
  });

const sendToPerson = async (
  phone: PhoneState,
  recipient: Account,
  message: proto.IMessage,
): Promise<string> => {
  const chat = toJid(recipient.number, phoneServer);
  const copy = { deviceSentMessage: { destinationJid: chat, message } };
  const participants: BinaryNode[] = [];
  for (const device of otherDevices(phone, recipient))
    participants.push(await encryptFor(phone, device, phoneJidOf(device), message));
  if (recipient !== phone.account)
    for (const device of otherDevices(phone, phone.account))
      participants.push(await encryptFor(phone, device, phoneJidOf(device), copy));
  if (participants.length === 0)
    throw new Error(`${recipient.number} has no other device that could get this message`);
  const id = newMessageId(phone);
  hand(phone, id, chat, [{ tag: "participants", attrs: {}, content: participants }]);
  return id;
};

/** The sender key travels with every message: simple, and right for members who come later. */
const sendToGroup = async (
  phone: PhoneState,
  group: Group,
  message: proto.IMessage,
): Promise<string> => {
  const { world, device: own, sessions } = phone;
  const senderKey = {
    senderKeyDistributionMessage: {
      groupId: group.jid,
      axolotlSenderKeyDistributionMessage: await sessions.distributeSenderKey(group.jid, own),
    },
  };
  const devices = group.members.flatMap((number) =>
    otherDevices(phone, world.accounts.ofNumber(number)),
  );
  const participants: BinaryNode[] = [];
  for (const device of devices)
    participants.push(await encryptFor(phone, device, lidJidOf(device), senderKey));
  const shared = await sessions.encryptForGroup(group.jid, own, encodeMessage(message));
  const id = newMessageId(phone);
  hand(phone, id, group.jid, [
    { tag: "participants", attrs: {}, content: participants },
    encNode("skmsg", shared),
  ]);
  return id;
};

/** Encrypts a message for every device that shall have it, the own companions included. */
export const sendMessage = async (
  phone: PhoneState,
  to: string,
  message: proto.IMessage,
): Promise<{ id: string }> => {
  const { world, account } = phone;
  const group = world.groups.find(to);
  const recipient = world.accounts.ofNumber(to.replace(/^\+/, ""));
  if (isGroupJid(to) && !group?.members.includes(account.number))
    throw new Error(`phone ${account.number} is in no group ${to}: create it with this member`);
  const deliver = group
    ? () => sendToGroup(phone, group, message)
    : recipient && (() => sendToPerson(phone, recipient, message));
  if (!deliver) throw new Error(`${to} is not on this server: create a phone for it first`);
  return phone.inTurn(async () => {
    if (!phone.device.stream)
      throw new Error(`phone ${account.number} is offline: call goOnline() before it sends`);
    return { id: await deliver() };
  });
};
