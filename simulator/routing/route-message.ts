import { lidJidOf, phoneJidOf, type Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, parseJid, phoneServer, toJid } from "../stanza/jid.ts";
import { child, children } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";

type Target = { jid: string; enc: BinaryNode[] };

/** A stanza that the server cannot make sense of is refused with this code. */
const invalidStanza = 479;

/** Refused are also groups, which this server does not have. */
const findTargets = (message: BinaryNode): Target[] => {
  const direct = children(message, "enc");
  const participants = children(child(message, "participants"), "to");
  if (message.attrs["to"]?.endsWith("@g.us")) return [];
  return participants.length > 0
    ? participants.map((to) => ({ jid: to.attrs["jid"] ?? "", enc: children(to, "enc") }))
    : direct.length > 0
      ? [{ jid: message.attrs["to"] ?? "", enc: direct }]
      : [];
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

const notForwarded = new Set(["participants", "enc", "device-identity", "tctoken"]);

const toIncoming = (
  world: World,
  sender: Device,
  receiver: Device,
  message: BinaryNode,
  { jid, enc }: Target,
): BinaryNode => {
  const { id = "", to = "", type = "text", category, edit, recipient } = message.attrs;
  const byLid = parseJid(jid)?.server === lidServer;
  const own = receiver.account === sender.account && category !== "peer";
  const chat = own ? (recipient ?? to) : undefined;
  const identity = enc.some(({ attrs }) => attrs["type"] === "pkmsg")
    ? children(message, "device-identity")
    : [];
  return {
    tag: "message",
    attrs: {
      from: byLid ? lidJidOf(sender) : phoneJidOf(sender),
      id,
      type,
      t: timestamp(world),
      notify: sender.account.name,
      ...alternateAddress(world, sender, chat, byLid),
      ...(chat === undefined ? {} : { recipient: chat }),
      ...(category === undefined ? {} : { category }),
      ...(edit === undefined ? {} : { edit }),
    },
    content: [
      ...enc,
      ...identity,
      ...children(message).filter(({ tag }) => !notForwarded.has(tag)),
    ],
  };
};

const acknowledge = (world: World, sender: Device, message: BinaryNode, error?: number): void => {
  const { id = "", to = "" } = message.attrs;
  sender.stream?.send({
    tag: "ack",
    attrs: {
      class: "message",
      id,
      from: to,
      t: timestamp(world),
      ...(error === undefined ? {} : { error: String(error) }),
    },
  });
};

/** Passes a message on to every device it was encrypted for, then acknowledges it. */
export const routeMessage = (world: World, sender: Device, message: BinaryNode): void => {
  const { faults, accounts } = world;
  const companion = sender.id !== 0;
  const recipient = accounts.ofJid(message.attrs["to"])?.number;
  if (companion && faults.strike("cut-before-routing")) return sender.stream?.cut();
  const refusal = companion
    ? faults.strike("ack-error", ({ toNumber }) => [undefined, recipient].includes(toNumber))
    : undefined;
  const targets = findTargets(message);
  const error = refusal?.code ?? (targets.length === 0 ? invalidStanza : undefined);
  if (error !== undefined) return acknowledge(world, sender, message, error);

  world.store.transaction(() => {
    for (const target of targets) {
      const receiver = accounts.deviceOfJid(target.jid);
      if (receiver) deliver(world, receiver, toIncoming(world, sender, receiver, message, target));
    }
  });

  if (companion && faults.strike("cut-before-ack")) return sender.stream?.cut();
  const held = ({ number }: { number?: string | undefined }): boolean =>
    number === undefined || number === sender.account.number || number === recipient;
  if (companion && !faults.isActive("hold-acks", held)) acknowledge(world, sender, message);
};
