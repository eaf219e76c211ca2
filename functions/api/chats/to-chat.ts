import type { Contact } from "#shared/address.ts";
import type { chatSchema, knownContactSchema } from "#shared/contracts/chat.ts";
import type { ContactItem } from "#shared/items/contact-item.ts";
import type { z } from "zod";

/** A contact as callers see it. */
export function toKnownContact(item: ContactItem): z.infer<typeof knownContactSchema> {
  return { ...namesOf(item), blocked: item.blocked ?? false };
}

/** A chat as callers see it. */
export function toChat(item: ContactItem): z.infer<typeof chatSchema> {
  const { subject = null, archived = false, mutedUntil = null } = item;
  const { unread = false, activeOn: lastActiveOn = null } = item;
  return { ...namesOf(item), subject, archived, mutedUntil, unread, lastActiveOn };
}

type Names = { contact: Contact; name: string | null; pushName: string | null };

function namesOf({ address: id, phone, lid, name, pushName }: ContactItem): Names {
  const contact = { id, phone: phone ?? null, lid: lid ?? null };
  return { contact, name: name ?? null, pushName: pushName ?? null };
}
