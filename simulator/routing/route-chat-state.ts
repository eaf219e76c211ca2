import { lidJidOf, phoneJidOf, type Device } from "../accounts/account.ts";
import { isGroupJid } from "../groups/groups.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, parseJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";

/** Typing and recording: told to who is connected, kept for nobody. */
export const routeChatState = (world: World, sender: Device, node: BinaryNode): void => {
  const { to } = node.attrs;
  const group = world.groups.find(to);
  const recipient = world.accounts.ofJid(to)?.number;
  const numbers = group ? group.members : recipient === undefined ? [] : [recipient];
  const byLid = isGroupJid(to) || parseJid(to)?.server === lidServer;
  const self = byLid ? lidJidOf(sender) : phoneJidOf(sender);
  const attrs: Record<string, string> = group
    ? { from: group.jid, participant: self }
    : { from: self };
  for (const number of numbers)
    for (const device of world.accounts.ofNumber(number)?.devices.values() ?? [])
      if (device.account !== sender.account) device.stream?.send({ ...node, attrs });
};
