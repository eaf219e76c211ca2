import { groupNode } from "../groups/group-node.ts";
import { announceNewGroup } from "../routing/announce-group-change.ts";
import { child, children } from "../stanza/read-node.ts";
import { isQuery, type Query } from "./query.ts";

/** Every group that the asking account is in. */
export const participatingGroups: Query = {
  matches: isQuery("w:g2", "get", "participating"),
  answer: ({ world, device }) => {
    const groups = world.groups.ofMember(device.account.number);
    return [{ tag: "groups", attrs: {}, content: groups.map((group) => groupNode(world, group)) }];
  },
};

/** One group; to others than its members it does not exist. */
export const groupMetadata: Query = {
  matches: isQuery("w:g2", "get", "query"),
  answer: ({ world, device, iq }) => {
    const group = world.groups.find(iq.attrs["to"]);
    return group?.members.includes(device.account.number)
      ? [groupNode(world, group)]
      : { error: 404, text: "item-not-found" };
  },
};

export const groupCreation: Query = {
  matches: isQuery("w:g2", "set", "create"),
  answer: ({ world, device, iq }) => {
    const create = child(iq, "create");
    const numbers = children(create, "participant").flatMap(
      ({ attrs }) => world.accounts.ofJid(attrs["jid"])?.number ?? [],
    );
    const subject = create?.attrs["subject"] ?? "";
    const group = world.groups.create(subject, device.account.number, numbers);
    announceNewGroup(world, group, device);
    return [groupNode(world, group)];
  },
};
