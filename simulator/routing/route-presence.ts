import type { Device } from "../accounts/account.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, parseJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";

/** A device says that it is there or not, or wants to hear whether somebody is. */
export const routePresence = (world: World, device: Device, node: BinaryNode): void => {
  const { type, to } = node.attrs;
  if (type === "available" || type === "unavailable")
    world.presences.set(device, type === "available");
  const account = type === "subscribe" ? world.accounts.ofJid(to) : undefined;
  if (account) world.presences.subscribe(device, account, parseJid(to)?.server === lidServer);
};
