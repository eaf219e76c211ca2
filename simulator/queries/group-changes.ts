import type { Device } from "../accounts/account.ts";
import type { Group } from "../groups/groups.ts";
import { announceGroupChange } from "../routing/announce-group-change.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { bytesOf, child, children } from "../stanza/read-node.ts";
import type { World } from "../world.ts";
import type { Answer, Query } from "./query.ts";

const actions = ["add", "remove", "subject"] as const;
type Action = (typeof actions)[number];

const findAction = (iq: BinaryNode): Action | undefined =>
  iq.attrs["xmlns"] === "w:g2" && iq.attrs["type"] === "set"
    ? actions.find((action) => child(iq, action) !== undefined)
    : undefined;

const findGroup = (world: World, device: Device, jid: string | undefined): Group | undefined => {
  const group = world.groups.find(jid);
  return group?.members.includes(device.account.number) ? group : undefined;
};

const notFound = { error: 404, text: "item-not-found" };

const applyTo = (world: World, group: Group, action: Action, asked: BinaryNode): BinaryNode => {
  if (action === "subject") {
    const subject = Buffer.from(bytesOf(asked) ?? "").toString();
    world.groups.change(group, { subject });
    return { tag: action, attrs: { subject } };
  }
  const participants = children(asked, "participant").map(({ attrs }) => {
    const number = world.accounts.ofJid(attrs["jid"])?.number;
    const possible = number !== undefined && (action === "add" || group.members.includes(number));
    return { jid: attrs["jid"] ?? "", number: possible ? number : undefined };
  });
  const numbers = participants.flatMap(({ number }) => number ?? []);
  const rest = group.members.filter((member) => !numbers.includes(member));
  world.groups.change(group, { members: action === "add" ? [...rest, ...numbers] : rest });
  return {
    tag: action,
    attrs: {},
    content: participants.map(({ jid, number }) => ({
      tag: "participant",
      attrs: number === undefined ? { jid, error: "404" } : { jid },
    })),
  };
};

/** Members add and remove people and change the subject; everyone concerned is told. */
export const groupChange: Query = {
  matches: (iq) => findAction(iq) !== undefined,
  answer: ({ world, device, iq }): Answer => {
    const action = findAction(iq);
    const asked = action && child(iq, action);
    const group = findGroup(world, device, iq.attrs["to"]);
    if (!action || !asked || !group) return notFound;
    const before = group.members;
    const done = applyTo(world, group, action, asked);
    announceGroupChange(world, device, group, [...before, ...group.members], done);
    return [done];
  },
};

export const groupLeaving: Query = {
  matches: (iq) => iq.attrs["xmlns"] === "w:g2" && child(iq, "leave") !== undefined,
  answer: ({ world, device, iq }): Answer => {
    const jid = children(child(iq, "leave"), "group")[0]?.attrs["id"];
    const group = findGroup(world, device, jid);
    if (!group) return notFound;
    const before = group.members;
    const { number, lid } = device.account;
    world.groups.change(group, { members: before.filter((member) => member !== number) });
    const content = [{ tag: "participant", attrs: { jid: `${lid}@lid` } }];
    announceGroupChange(world, device, group, before, { tag: "remove", attrs: {}, content });
    return [{ tag: "leave", attrs: {}, content: [{ tag: "group", attrs: { id: group.jid } }] }];
  },
};
