import { lidJidOf, phoneJidOf, type Device } from "../accounts/account.ts";
import { isGroupJid } from "../groups/groups.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { isSharedJid, lidServer, parseJid } from "../stanza/jid.ts";
import { child, children } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";
import { settleMessages } from "./settle.ts";

/** These tell the server or the own phone something; the author of the message never hears them. */
const confidential = new Set(["sender", "peer_msg", "hist_sync", "read-self"]);

/** Seen or heard on one device is news for every device of the author. */
const forEveryDevice = new Set(["read", "played"]);

const acknowledge = (device: Device, receipt: BinaryNode): void => {
  const { id = "", to, type, participant } = receipt.attrs;
  device.stream?.send({
    tag: "ack",
    attrs: {
      class: "receipt",
      id,
      ...(to === undefined ? {} : { from: to }),
      ...(type === undefined ? {} : { type }),
      ...(participant === undefined ? {} : { participant }),
    },
  });
};

/** In a group the author is named apart from the chat. */
const toForwarded = (world: World, device: Device, receipt: BinaryNode): BinaryNode => {
  const { id = "", to = "", type } = receipt.attrs;
  const byLid = isGroupJid(to) || parseJid(to)?.server === lidServer;
  const self = byLid ? lidJidOf(device) : phoneJidOf(device);
  return {
    tag: "receipt",
    attrs: {
      ...(isSharedJid(to) ? { from: to, participant: self } : { from: self }),
      id,
      t: timestamp(world),
      ...(type === undefined ? {} : { type }),
    },
    ...(receipt.content === undefined ? {} : { content: receipt.content }),
  };
};

const findTargets = (world: World, sender: Device, receipt: BinaryNode): Device[] => {
  const { to, participant, type } = receipt.attrs;
  const author = isSharedJid(to) ? participant : to;
  const phone = sender.account.devices.get(0);
  if (type === "server-error") return phone ? [phone] : [];
  if (type !== undefined && confidential.has(type)) return [];
  if (type !== undefined && forEveryDevice.has(type))
    return [...(world.accounts.ofJid(author)?.devices.values() ?? [])];
  const device = world.accounts.deviceOfJid(author);
  return device ? [device] : [];
};

/** Settles what the receipt confirms and passes it on to the author's devices. */
export const routeReceipt = (world: World, device: Device, receipt: BinaryNode): void => {
  const { id = "", to } = receipt.attrs;
  const items = children(child(receipt, "list"), "item").map(({ attrs }) => attrs["id"] ?? "");
  world.store.transaction(() => {
    settleMessages(world, device, [id, ...items], to);
    acknowledge(device, receipt);
    for (const target of findTargets(world, device, receipt))
      if (target !== device) deliver(world, target, toForwarded(world, device, receipt));
  });
};
