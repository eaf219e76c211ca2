import type { BinaryNode } from "../stanza/codec.ts";
import { lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";
import type { Group } from "./groups.ts";

const lidOf = (world: World, number: string): string =>
  toJid(world.accounts.ofNumber(number)?.lid ?? number, lidServer);

/** A person in a group, under both addresses. */
export const participantNode = (
  world: World,
  number: string,
  attrs: Record<string, string> = {},
): BinaryNode => ({
  tag: "participant",
  attrs: { jid: lidOf(world, number), phone_number: toJid(number, phoneServer), ...attrs },
});

const role = ({ creator, admins }: Group, number: string): Record<string, string> => {
  if (!admins.includes(number)) return {};
  return { type: number === creator ? "superadmin" : "admin" };
};

const flag = (tag: string, on: boolean, attrs: Record<string, string> = {}): BinaryNode[] =>
  on ? [{ tag, attrs }] : [];

const descriptionNode = (world: World, group: Group): BinaryNode[] => {
  const { description } = group;
  if (!description) return [];
  const { id, by, t, text } = description;
  const author = { participant: lidOf(world, by), participant_pn: toJid(by, phoneServer) };
  const content = [{ tag: "body", attrs: {}, content: Buffer.from(text) }];
  return [{ tag: "description", attrs: { id, t: String(t), ...author }, content }];
};

/** What members are told about their group; strangers who have its link learn less. */
export const groupNode = (world: World, group: Group, forStranger = false): BinaryNode => ({
  tag: "group",
  attrs: {
    id: group.jid.split("@")[0] ?? "",
    subject: group.subject,
    s_t: String(group.subjectAt),
    s_o: lidOf(world, group.subjectBy),
    s_o_pn: toJid(group.subjectBy, phoneServer),
    creation: String(group.creation),
    creator: lidOf(world, group.creator),
    creator_pn: toJid(group.creator, phoneServer),
    addressing_mode: "lid",
    size: String(group.members.length),
  },
  content: [
    ...descriptionNode(world, group),
    ...flag("announcement", group.announcement),
    ...flag("locked", group.locked),
    ...flag("membership_approval_mode", group.approval),
    ...flag("ephemeral", group.ephemeral > 0, { expiration: String(group.ephemeral) }),
    { tag: "member_add_mode", attrs: {}, content: Buffer.from(group.memberAddMode) },
    ...(forStranger
      ? []
      : group.members.map((number) => participantNode(world, number, role(group, number)))),
  ],
});
