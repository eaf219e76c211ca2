import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { isGroupJid } from "../groups/groups.ts";
import { lidServer, parseJid, statusJid } from "../stanza/jid.ts";
import { deliverShared, deliverToPerson, type DeliveryOptions } from "./deliver-message.ts";
import { otherDevices } from "./encrypt-for.ts";
import type { PhoneState } from "./phone-state.ts";

export type SendOptions = Pick<DeliveryOptions, "unavailable">;

type Plan = { chat: string; deliver: (message: proto.IMessage) => Promise<string> };

const planForGroup = (phone: PhoneState, jid: string): Plan => {
  const { world, account } = phone;
  const group = world.groups.find(jid);
  if (!group?.members.includes(account.number))
    throw new Error(`phone ${account.number} is in no group ${jid}: create it with this member`);
  const devices = group.members.flatMap((number) =>
    otherDevices(phone, world.accounts.ofNumber(number)),
  );
  return { chat: jid, deliver: (message) => deliverShared(phone, jid, devices, message) };
};

const planForPerson = (phone: PhoneState, to: string, options: SendOptions): Plan => {
  const byLid = parseJid(to)?.server === lidServer;
  const recipient = byLid
    ? phone.world.accounts.ofJid(to)
    : phone.world.accounts.ofNumber(to.replace(/^\+/, "").replace(/@.*$/, ""));
  if (!recipient) throw new Error(`${to} is not on this server: create a phone for it first`);
  const deliver = (message: proto.IMessage): Promise<string> =>
    deliverToPerson(phone, recipient, message, { ...options, byLid });
  return { chat: recipient.number, deliver };
};

/** Sends once it is the phone's turn, and keeps what it sent. */
const send = (
  phone: PhoneState,
  message: proto.IMessage,
  plan: () => Plan,
): Promise<{ id: string }> =>
  phone.inTurn(async () => {
    if (!phone.device.stream)
      throw new Error(`phone ${phone.account.number} is offline: call goOnline() before it sends`);
    const { chat, deliver } = plan();
    const id = await deliver(message);
    phone.outbox.add({ id, to: chat, message, at: new Date(phone.world.now()).toISOString() });
    return { id };
  });

/** Encrypts a message for every device that shall have it, the own companions included. */
export const sendMessage = async (
  phone: PhoneState,
  to: string,
  message: proto.IMessage,
  options: SendOptions = {},
): Promise<{ id: string }> =>
  send(phone, message, () =>
    isGroupJid(to) ? planForGroup(phone, to) : planForPerson(phone, to, options),
  );

/** Publishes a status for these numbers and the own companions. */
export const sendStatus = async (
  phone: PhoneState,
  message: proto.IMessage,
  viewers: string[],
): Promise<{ id: string }> =>
  send(phone, message, () => {
    const devices = [...viewers, phone.account.number].flatMap((number) =>
      otherDevices(phone, phone.world.accounts.ofNumber(number.replace(/^\+/, ""))),
    );
    const deliver = (content: proto.IMessage): Promise<string> => {
      // The server fans a status out to those who are named in it, so all get the key each time.
      phone.senderKeyHolders.delete(statusJid);
      return deliverShared(phone, statusJid, devices, content, { byLid: false });
    };
    return { chat: statusJid, deliver };
  });
