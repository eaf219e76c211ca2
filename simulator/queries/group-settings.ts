import type { Group } from "../groups/groups.ts";
import { announceGroupChange } from "../routing/announce-group-change.ts";
import type { BinaryNode } from "../stanza/codec.ts";
import { bytesOf, child, children } from "../stanza/read-node.ts";
import { timestamp } from "../world.ts";
import { findOwnGroup, forbidden, isAdmin, notFound } from "./group-rights.ts";
import type { Answer, Query, QueryContext } from "./query.ts";

type Setting = {
  /** Members may do it as well, unless the group is locked. */
  open?: true;
  change(asked: BinaryNode, context: QueryContext): Partial<Group>;
  /** What members are told, if not just what was asked. */
  tell?(asked: BinaryNode): BinaryNode;
};

const textOf = (node: BinaryNode | undefined): string =>
  Buffer.from(bytesOf(node) ?? "").toString();

const settings: Record<string, Setting> = {
  subject: {
    open: true,
    change: (asked, { world, device }) => ({
      subject: textOf(asked),
      subjectBy: device.account.number,
      subjectAt: Number(timestamp(world)),
    }),
    tell: (asked) => ({ tag: "subject", attrs: { subject: textOf(asked) } }),
  },
  description: {
    open: true,
    change: (asked, { world, device }) => {
      if (asked.attrs["delete"] === "true") return { description: undefined };
      const { id = "" } = asked.attrs;
      const by = device.account.number;
      const text = textOf(child(asked, "body"));
      return { description: { id, text, by, t: Number(timestamp(world)) } };
    },
  },
  announcement: { change: () => ({ announcement: true }) },
  not_announcement: { change: () => ({ announcement: false }) },
  locked: { change: () => ({ locked: true }) },
  unlocked: { change: () => ({ locked: false }) },
  ephemeral: {
    open: true,
    change: ({ attrs }) => ({ ephemeral: Number(attrs["expiration"] ?? 0) }),
  },
  not_ephemeral: { open: true, change: () => ({ ephemeral: 0 }) },
  member_add_mode: {
    change: (asked) => ({
      memberAddMode: textOf(asked) === "admin_add" ? "admin_add" : "all_member_add",
    }),
  },
  membership_approval_mode: {
    change: (asked) => ({ approval: child(asked, "group_join")?.attrs["state"] === "on" }),
  },
};

const findSetting = (iq: BinaryNode): { setting: Setting; asked: BinaryNode } | undefined => {
  if (iq.attrs["xmlns"] !== "w:g2" || iq.attrs["type"] !== "set") return undefined;
  for (const asked of children(iq)) {
    const setting = settings[asked.tag];
    if (setting) return { setting, asked };
  }
  return undefined;
};

/** What a group is called, says of itself and allows; all members are told. */
export const groupSettingChange: Query = {
  matches: (iq) => findSetting(iq) !== undefined,
  answer: (context): Answer => {
    const { world, device, iq } = context;
    const found = findSetting(iq);
    const group = findOwnGroup(context, iq.attrs["to"]);
    if (!found || !group) return notFound;
    const { setting, asked } = found;
    const openToAll = setting.open && !group.locked;
    if (!openToAll && !isAdmin(context, group)) return forbidden;
    world.groups.change(group, setting.change(asked, context));
    const told = setting.tell?.(asked) ?? asked;
    announceGroupChange(world, device, group, group.members, told);
    return [{ tag: asked.tag, attrs: {} }];
  },
};
