import { groupNode, participantNode } from "../groups/group-node.ts";
import type { Group } from "../groups/groups.ts";
import { announceGroupChange } from "../routing/announce-group-change.ts";
import { child, children } from "../stanza/read-node.ts";
import { timestamp } from "../world.ts";
import { findOwnGroup, forbidden, isAdmin, notFound } from "./group-rights.ts";
import { isQuery, type Answer, type Query, type QueryContext } from "./query.ts";

const codeOf = ({ iq }: QueryContext): string | undefined => child(iq, "invite")?.attrs["code"];

const admit = ({ world, device }: QueryContext, group: Group, numbers: string[]): void => {
  const rest = group.members.filter((member) => !numbers.includes(member));
  const requests = group.requests.filter(({ number }) => !numbers.includes(number));
  world.groups.change(group, { members: [...rest, ...numbers], requests });
  const content = numbers.map((number) => participantNode(world, number));
  announceGroupChange(world, device, group, group.members, { tag: "add", attrs: {}, content });
};

const requestToJoin = ({ world, device }: QueryContext, group: Group): Answer => {
  const { number } = device.account;
  const rest = group.requests.filter((request) => request.number !== number);
  const requests = [...rest, { number, t: Number(timestamp(world)) }];
  world.groups.change(group, { requests });
  announceGroupChange(world, device, group, group.admins, {
    tag: "created_membership_requests",
    attrs: { request_method: "invite_link" },
    content: [participantNode(world, number)],
  });
  return [{ tag: "membership_approval_request", attrs: { jid: group.jid } }];
};

/** The code behind a group's link (asked by an admin), or the group behind a code. */
export const groupInvite: Query = {
  matches: isQuery("w:g2", "get", "invite"),
  answer: (context): Answer => {
    const { world, iq } = context;
    const code = codeOf(context);
    if (code !== undefined) {
      const found = world.groups.findByCode(code);
      return found ? [groupNode(world, found, true)] : notFound;
    }
    const group = findOwnGroup(context, iq.attrs["to"]);
    if (!group) return notFound;
    if (!isAdmin(context, group)) return forbidden;
    return [{ tag: "invite", attrs: { code: group.inviteCode } }];
  },
};

/** Joins by a code; or, addressed to a group, makes a new code so that the old one leads nowhere. */
export const groupInviteUse: Query = {
  matches: isQuery("w:g2", "set", "invite"),
  answer: (context): Answer => {
    const { world, device, iq } = context;
    const code = codeOf(context);
    if (code !== undefined) {
      const found = world.groups.findByCode(code);
      if (!found) return notFound;
      const { number } = device.account;
      if (found.members.includes(number)) return { error: 409, text: "conflict" };
      if (found.approval) return requestToJoin(context, found);
      admit(context, found, [number]);
      return [{ tag: "group", attrs: { jid: found.jid } }];
    }
    const group = findOwnGroup(context, iq.attrs["to"]);
    if (!group) return notFound;
    if (!isAdmin(context, group)) return forbidden;
    const inviteCode = world.groups.newCode();
    world.groups.change(group, { inviteCode });
    const told = { tag: "invite", attrs: { code: inviteCode } };
    announceGroupChange(world, device, group, group.members, told);
    return [told];
  },
};

/** Who waits to be let in. */
export const joinRequests: Query = {
  matches: isQuery("w:g2", "get", "membership_approval_requests"),
  answer: (context): Answer => {
    const group = findOwnGroup(context, context.iq.attrs["to"]);
    if (!group) return notFound;
    const content = group.requests.map(({ number, t }) => ({
      ...participantNode(context.world, number, {
        request_method: "invite_link",
        request_time: String(t),
      }),
      tag: "membership_approval_request",
    }));
    return [{ tag: "membership_approval_requests", attrs: {}, content }];
  },
};

/** An admin lets people in or turns them away. */
export const joinRequestDecision: Query = {
  matches: isQuery("w:g2", "set", "membership_requests_action"),
  answer: (context): Answer => {
    const { world, iq } = context;
    const group = findOwnGroup(context, iq.attrs["to"]);
    const decision = children(child(iq, "membership_requests_action"))[0];
    if (!group || !decision) return notFound;
    if (!isAdmin(context, group)) return forbidden;
    const asked = children(decision, "participant").map(({ attrs }) => attrs["jid"] ?? "");
    const known = (jid: string): string | undefined => {
      const number = world.accounts.ofJid(jid)?.number;
      return group.requests.find((request) => request.number === number)?.number;
    };
    const content = asked.map((jid) => ({
      tag: "participant",
      attrs: known(jid) === undefined ? { jid, error: "404" } : { jid },
    }));
    const numbers = asked.flatMap((jid) => known(jid) ?? []);
    if (decision.tag === "approve") admit(context, group, numbers);
    else {
      const requests = group.requests.filter(({ number }) => !numbers.includes(number));
      world.groups.change(group, { requests });
    }
    const result = { tag: decision.tag, attrs: {}, content };
    return [{ tag: "membership_requests_action", attrs: {}, content: [result] }];
  },
};
