import type { Device } from "../accounts/account.ts";
import { groupNode } from "../groups/group-node.ts";
import type { Group } from "../groups/groups.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";

/** Tells everyone who is or was in a group what happened, except the device that did it. */
export const announceGroupChange = (
  world: World,
  actor: Device,
  group: Group,
  concerned: string[],
  change: BinaryNode,
): void => {
  for (const number of new Set(concerned))
    for (const device of world.accounts.ofNumber(number)?.devices.values() ?? []) {
      if (device === actor) continue;
      deliver(world, device, {
        tag: "notification",
        attrs: {
          from: group.jid,
          id: `group-${device.nextSeq}`,
          type: "w:gp2",
          participant: toJid(actor.account.lid, lidServer),
          participant_pn: toJid(actor.account.number, phoneServer),
          t: timestamp(world),
        },
        content: [change],
      });
    }
};

/** Tells the members of a new group that it exists. */
export const announceNewGroup = (world: World, group: Group, creator: Device): void =>
  announceGroupChange(world, creator, group, group.members, {
    tag: "create",
    attrs: { type: "new" },
    content: [groupNode(world, group)],
  });
