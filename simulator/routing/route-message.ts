import type { Device } from "../accounts/account.ts";
import { isGroupJid } from "../groups/groups.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { child, children } from "../stanza/read-node.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";
import { damaged } from "../faults/damage-message.ts";
import { statusJid } from "../stanza/jid.ts";
import {
  directDeliveries,
  groupDeliveries,
  statusDeliveries,
  type Delivery,
} from "./message-deliveries.ts";

const unknownGroup = 404;
const forbidden = 403;
/** A stanza that the server cannot make sense of. */
const invalidStanza = 479;

type Routing = { deliveries: Delivery[] } | { error: number };

const findRouting = (world: World, sender: Device, message: BinaryNode): Routing => {
  const { to } = message.attrs;
  const encrypted =
    children(message, "enc").length + children(child(message, "participants"), "to").length;
  if (encrypted === 0) return { error: invalidStanza };
  if (to === statusJid) return { deliveries: statusDeliveries(world, sender, message) };
  if (!isGroupJid(to)) return { deliveries: directDeliveries(world, sender, message) };
  const group = world.groups.find(to);
  const { number } = sender.account;
  if (!group?.members.includes(number)) return { error: unknownGroup };
  if (group.announcement && !group.admins.includes(number)) return { error: forbidden };
  return { deliveries: groupDeliveries(world, sender, group, message) };
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
  const routing = refusal ? { error: refusal.code } : findRouting(world, sender, message);
  if ("error" in routing) return acknowledge(world, sender, message, routing.error);

  world.store.transaction(() => {
    for (const { receiver, node } of routing.deliveries)
      deliver(world, receiver, damaged(faults, receiver, node));
  });

  if (companion && faults.strike("cut-before-ack")) return sender.stream?.cut();
  const held = ({ number }: { number?: string | undefined }): boolean =>
    number === undefined || number === sender.account.number || number === recipient;
  if (companion && !faults.isActive("hold-acks", held)) acknowledge(world, sender, message);
};
