import { participantNode } from "../groups/group-node.ts";
import type { Group } from "../groups/groups.ts";
import { announceGroupChange } from "../routing/announce-group-change.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { child, children } from "../stanza/read-node.ts";
import { findOwnGroup, forbidden, isAdmin, notFound } from "./group-rights.ts";
import type { Answer, Query, QueryContext } from "./query.ts";

const actions = ["add", "remove", "promote", "demote"] as const;
type Action = (typeof actions)[number];

const findAction = (iq: BinaryNode): Action | undefined =>
  iq.attrs["xmlns"] === "w:g2" && iq.attrs["type"] === "set"
    ? actions.find((action) => child(iq, action) !== undefined)
    : undefined;

const mayDo = (context: QueryContext, group: Group, action: Action): boolean =>
  isAdmin(context, group) || (action === "add" && group.memberAddMode === "all_member_add");

const changed = (group: Group, action: Action, numbers: string[]): Partial<Group> => {
  const without = (list: string[]): string[] => list.filter((number) => !numbers.includes(number));
  if (action === "add") return { members: [...without(group.members), ...numbers] };
  if (action === "remove") return { members: without(group.members) };
  if (action === "promote") return { admins: [...without(group.admins), ...numbers] };
  return { admins: without(group.admins) };
};

/** People come, go, and become admins or cease to be; everyone concerned is told. */
export const groupMembersChange: Query = {
  matches: (iq) => findAction(iq) !== undefined,
  answer: (context): Answer => {
    const { world, device, iq } = context;
    const action = findAction(iq);
    const group = findOwnGroup(context, iq.attrs["to"]);
    if (!action || !group) return notFound;
    if (!mayDo(context, group, action)) return forbidden;
    const asked = children(child(iq, action), "participant").map(({ attrs }) => {
      const number = world.accounts.ofJid(attrs["jid"])?.number;
      const possible = number !== undefined && (action === "add" || group.members.includes(number));
      return { jid: attrs["jid"] ?? "", number: possible ? number : undefined };
    });
    const numbers = asked.flatMap(({ number }) => number ?? []);
    const before = group.members;
    world.groups.change(group, changed(group, action, numbers));
    const told = numbers.map((number) => participantNode(world, number));
    if (told.length > 0)
      announceGroupChange(world, device, group, [...before, ...group.members], {
        tag: action,
        attrs: {},
        content: told,
      });
    const content = asked.map(({ jid, number }) => ({
      tag: "participant",
      attrs: number === undefined ? { jid, error: "404" } : { jid },
    }));
    return [{ tag: action, attrs: {}, content }];
  },
};

export const groupLeaving: Query = {
  matches: (iq) => iq.attrs["xmlns"] === "w:g2" && child(iq, "leave") !== undefined,
  answer: (context): Answer => {
    const { world, device, iq } = context;
    const jid = children(child(iq, "leave"), "group")[0]?.attrs["id"];
    const group = findOwnGroup(context, jid);
    if (!group) return notFound;
    const before = group.members;
    const { number } = device.account;
    world.groups.change(group, { members: before.filter((member) => member !== number) });
    const content = [participantNode(world, number)];
    announceGroupChange(world, device, group, before, { tag: "remove", attrs: {}, content });
    return [{ tag: "leave", attrs: {}, content: [{ tag: "group", attrs: { id: group.jid } }] }];
  },
};
