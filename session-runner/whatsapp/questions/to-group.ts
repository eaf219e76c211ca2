import type { Group } from "#shared/contracts/group.ts";
import type { GroupMetadata } from "../baileys.ts";
import { toContact } from "../contact.ts";

/** A group as callers see it. */
export function toGroup(group: GroupMetadata): Group {
  const { id, subject, desc, owner, ownerPn, creation, announce, restrict, participants } = group;
  return {
    id,
    subject,
    description: desc ?? null,
    owner: owner ? toContact(owner, ownerPn) : null,
    createdAt: creation ? new Date(creation * 1_000).toISOString() : null,
    onlyAdminsWrite: announce ?? false,
    onlyAdminsChange: restrict ?? false,
    members: participants.map(({ id: member, phoneNumber, lid, admin }) => ({
      contact: toContact(member, phoneNumber ?? lid),
      role: admin ?? "member",
    })),
  };
}
