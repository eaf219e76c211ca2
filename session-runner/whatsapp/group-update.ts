import type { EventOf } from "#shared/contracts/event.ts";
import type { Contact } from "#shared/address.ts";
import type { BinaryNode } from "./baileys.ts";
import { toContact } from "./contact.ts";
import { senderOf } from "./envelope.ts";

type GroupUpdate = EventOf<"group.update">["data"];

const actions: Record<string, GroupUpdate["action"]> = {
  create: "created",
  add: "participants_added",
  remove: "participants_removed",
  leave: "participants_removed",
  promote: "participants_promoted",
  demote: "participants_demoted",
  modify: "participants_changed",
  subject: "subject_changed",
  description: "description_changed",
  delete: "deleted",
  announcement: "settings_changed",
  not_announcement: "settings_changed",
  locked: "settings_changed",
  unlocked: "settings_changed",
  ephemeral: "settings_changed",
  not_ephemeral: "settings_changed",
  member_add_mode: "settings_changed",
  membership_approval_mode: "settings_changed",
};

/** What a notification says about a group; undefined when it says nothing of the kind. */
export function findGroupUpdate(node: BinaryNode): GroupUpdate | undefined {
  if (node.attrs["type"] !== "w:gp2") return undefined;
  const [change] = childrenOf(node);
  const action = change && actions[change.tag];
  const { from: group = "", participant, t } = node.attrs;
  if (!action) return undefined;
  const members = change.tag === "create" ? childrenOf(childrenOf(change)[0]) : childrenOf(change);
  return {
    group,
    action,
    by: participant === undefined ? null : senderOf(node),
    participants: members.filter(({ tag }) => tag === "participant").map(memberOf),
    value: valueOf(change, action),
    changedAt: new Date(Number(t) * 1_000).toISOString(),
  };
}

function memberOf({ attrs }: BinaryNode): Contact {
  return toContact(attrs["jid"] ?? "", attrs["phone_number"] ?? attrs["lid"]);
}

function valueOf(change: BinaryNode, action: GroupUpdate["action"]): string | null {
  if (action === "settings_changed") return change.tag;
  if (action === "subject_changed") return change.attrs["subject"] ?? textOf(change);
  if (action === "created") return childrenOf(change)[0]?.attrs["subject"] ?? null;
  if (action !== "description_changed") return null;
  const body = childrenOf(change).find(({ tag }) => tag === "body");
  return body ? textOf(body) : null;
}

function textOf({ content }: BinaryNode): string | null {
  if (typeof content === "string") return content;
  return content instanceof Uint8Array ? Buffer.from(content).toString() : null;
}

function childrenOf(node: BinaryNode | undefined): BinaryNode[] {
  return Array.isArray(node?.content) ? node.content : [];
}
