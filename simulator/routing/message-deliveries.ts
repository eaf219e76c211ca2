import { lidJidOf, phoneJidOf, type Device } from "../accounts/account.ts";
import type { Group } from "../groups/groups.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, parseJid, phoneServer, statusJid, toJid } from "../stanza/jid.ts";
import { child, children } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";

/** A message as one device shall get it. */
export type Delivery = { receiver: Device; node: BinaryNode };

/** What goes to one device alone: ciphertexts, or a notice that there is none for it. */
type Target = { jid: string; enc: BinaryNode[] };

const notForwarded = new Set(["participants", "enc", "device-identity", "tctoken"]);

const individualTargets = (message: BinaryNode): Target[] =>
  children(child(message, "participants"), "to").map((to) => ({
    jid: to.attrs["jid"] ?? "",
    enc: children(to),
  }));

/** The ciphertexts for this device, and what goes to everybody. */
const contentFor = (message: BinaryNode, enc: BinaryNode[]): BinaryNode[] => [
  ...enc,
  ...(enc.some(({ attrs }) => attrs["type"] === "pkmsg")
    ? children(message, "device-identity")
    : []),
  ...children(message).filter(({ tag }) => !notForwarded.has(tag)),
];

const commonAttributes = (
  world: World,
  sender: Device,
  message: BinaryNode,
): Record<string, string> => {
  const { id = "", type = "text", category, edit } = message.attrs;
  return {
    id,
    type,
    t: timestamp(world),
    notify: sender.account.name,
    ...(category === undefined ? {} : { category }),
    ...(edit === undefined ? {} : { edit }),
  };
};

/** The other of the two addresses of the chat's peer, as the receiver needs it. */
const alternateAddress = (
  world: World,
  sender: Device,
  chat: string | undefined,
  byLid: boolean,
): Record<string, string> => {
  const { number, lid } = sender.account;
  if (chat === undefined)
    return byLid
      ? { sender_pn: toJid(number, phoneServer) }
      : { sender_lid: toJid(lid, lidServer) };
  // For a copy of an own message the peer is the recipient: the sender's own address here would
  // make Baileys map the contact to it.
  const peer = world.accounts.ofJid(chat);
  if (!peer) return {};
  return byLid
    ? { peer_recipient_pn: toJid(peer.number, phoneServer) }
    : { peer_recipient_lid: toJid(peer.lid, lidServer) };
};

/** A message to one person: to each device that it was encrypted for. */
export const directDeliveries = (world: World, sender: Device, message: BinaryNode): Delivery[] => {
  const { to = "", recipient, category } = message.attrs;
  const individual = individualTargets(message);
  // Without participants it is for one device: a resend, or something for the own phone.
  const enc = children(message, "enc");
  const targets = individual.length > 0 ? individual : enc.length > 0 ? [{ jid: to, enc }] : [];
  return targets.flatMap((target) => {
    const receiver = world.accounts.deviceOfJid(target.jid);
    if (!receiver || receiver === sender) return [];
    if (receiver.account.profile.blocked.includes(sender.account.number)) return [];
    const byLid = parseJid(target.jid)?.server === lidServer;
    const ownCopy = receiver.account === sender.account && category !== "peer";
    const chat = ownCopy ? (recipient ?? to) : undefined;
    const attrs = {
      ...commonAttributes(world, sender, message),
      from: byLid ? lidJidOf(sender) : phoneJidOf(sender),
      ...alternateAddress(world, sender, chat, byLid),
      ...(chat === undefined ? {} : { recipient: chat }),
    };
    return [
      { receiver, node: { tag: "message", attrs, content: contentFor(message, target.enc) } },
    ];
  });
};

/**
 * A message to a group: the shared ciphertext to every device of every member, with the sender key
 * for those who get it by this message. A resend goes to one device alone.
 */
export const groupDeliveries = (
  world: World,
  sender: Device,
  group: Group,
  message: BinaryNode,
): Delivery[] => {
  const shared = children(message, "enc");
  const own = new Map(
    individualTargets(message).map(({ jid, enc }) => [world.accounts.deviceOfJid(jid), enc]),
  );
  const { participant } = message.attrs;
  const receivers =
    participant === undefined
      ? group.members.flatMap((number) => [
          ...(world.accounts.ofNumber(number)?.devices.values() ?? []),
        ])
      : [world.accounts.deviceOfJid(participant)];
  const attrs = {
    ...commonAttributes(world, sender, message),
    from: group.jid,
    participant: lidJidOf(sender),
    participant_pn: toJid(sender.account.number, phoneServer),
    addressing_mode: "lid",
  };
  return receivers.flatMap((receiver) => {
    const enc = [...(own.get(receiver) ?? []), ...shared];
    if (!receiver || receiver === sender || enc.length === 0) return [];
    return [{ receiver, node: { tag: "message", attrs, content: contentFor(message, enc) } }];
  });
};

/** A status: to those devices that its author named, under the status list's own address. */
export const statusDeliveries = (world: World, sender: Device, message: BinaryNode): Delivery[] => {
  const shared = children(message, "enc");
  const { participant } = message.attrs;
  const targets =
    participant === undefined ? individualTargets(message) : [{ jid: participant, enc: [] }];
  const attrs = {
    ...commonAttributes(world, sender, message),
    from: statusJid,
    participant: phoneJidOf(sender),
    participant_lid: toJid(sender.account.lid, lidServer),
  };
  return targets.flatMap((target) => {
    const receiver = world.accounts.deviceOfJid(target.jid);
    if (!receiver || receiver === sender) return [];
    const content = contentFor(message, [...target.enc, ...shared]);
    return [{ receiver, node: { tag: "message", attrs, content } }];
  });
};
