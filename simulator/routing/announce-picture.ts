import type { Account, Device } from "../accounts/account.ts";
import type { Group } from "../groups/groups.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { timestamp, type World } from "../world.ts";
import { deliver } from "./deliver.ts";

const concerned = (world: World, owner: Account | Group): Iterable<Device> =>
  "profile" in owner
    ? new Set([...owner.watchers, ...owner.devices.values()])
    : owner.members.flatMap((number) => [
        ...(world.accounts.ofNumber(number)?.devices.values() ?? []),
      ]);

/** Tells who knows a person, or is in a group, that its picture changed; without id it is gone. */
export const announcePicture = (
  world: World,
  changer: Device,
  owner: Account | Group,
  id: string | undefined,
): void => {
  const from = "profile" in owner ? toJid(owner.number, phoneServer) : owner.jid;
  const author = toJid(changer.account.lid, lidServer);
  const child =
    id === undefined
      ? { tag: "delete", attrs: { jid: from, author } }
      : { tag: "set", attrs: { jid: from, id, author } };
  for (const device of concerned(world, owner))
    if (device !== changer)
      deliver(world, device, {
        tag: "notification",
        attrs: { from, id: `picture-${device.nextSeq}`, type: "picture", t: timestamp(world) },
        content: [child],
      });
};
