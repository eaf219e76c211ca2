import type { Device } from "../accounts/account.ts";
import { queueKey } from "../accounts/saved-accounts.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { parseJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";

const settle = (world: World, device: Device, isSettled: (node: BinaryNode) => boolean): void => {
  // From the front: confirmations come in the order of delivery, so the first is nearly always it.
  const index = device.queue.findIndex(({ node }) => isSettled(node));
  const [settled] = index < 0 ? [] : device.queue.splice(index, 1);
  if (settled) world.store.remove(queueKey(device, settled.seq));
};

const sameUser = (a: string | undefined, b: string | undefined): boolean =>
  parseJid(a)?.user === parseJid(b)?.user;

/** A device acknowledged a receipt or notification, or refused a message. */
export const settleByAck = (world: World, device: Device, ack: BinaryNode): void => {
  const { id, to, type, class: kind } = ack.attrs;
  settle(
    world,
    device,
    (node) =>
      node.tag === kind &&
      node.attrs["id"] === id &&
      (kind === "message" || node.attrs["type"] === type) &&
      (to === undefined || sameUser(node.attrs["from"], to)),
  );
};

/** A device confirmed messages by a receipt. For its own account's messages Baileys names no sender. */
export const settleMessages = (
  world: World,
  device: Device,
  ids: readonly string[],
  from: string | undefined,
): void => {
  for (const id of ids)
    settle(
      world,
      device,
      (node) =>
        node.tag === "message" &&
        node.attrs["id"] === id &&
        (from === undefined || sameUser(node.attrs["from"], from)),
    );
};
