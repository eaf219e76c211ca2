import type { Contact } from "#shared/address.ts";
import { contactKey } from "#shared/items/contact-item.ts";
import type { ContactItem } from "#shared/items/contact-item.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";
import { toUpdate } from "./to-update.ts";

/** How long an address of which nothing is heard stays known. */
const keptMs = 365 * 24 * 3_600_000;

type Owner = { sessionId: string; accountId: string };

type News = { [Name in keyof ContactItem]?: ContactItem[Name] | null | undefined };

/**
 * The one address under which a contact is kept, whichever WhatsApp used: its phone where known, for
 * that is what callers send to.
 */
export function addressOf({ id, phone }: Contact): string {
  return phone === null ? id : `${phone.slice(1)}@s.whatsapp.net`;
}

/** Adds what is news of an address to what is known of it: one write. */
export async function note(
  messages: Table,
  { sessionId, accountId }: Owner,
  contact: Contact,
  news: News,
): Promise<void> {
  const address = addressOf(contact);
  const given = Object.entries(news).filter(([, value]) => value !== undefined);
  const change = toUpdate({
    accountId,
    address,
    ...(contact.phone !== null && { phone: contact.phone }),
    ...(contact.lid !== null && { lid: contact.lid }),
    ...Object.fromEntries(given),
    expiresAt: expiryAt(messages.now() + keptMs),
  });
  await items.update(messages, contactKey(sessionId, address), change);
}
