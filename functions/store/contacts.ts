import { keptAddress } from "#shared/address.ts";
import type { Contact } from "#shared/address.ts";
import { contactKey } from "#shared/items/contact-item.ts";
import type { ContactItem } from "#shared/items/contact-item.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import * as numberChecks from "./number-checks.ts";
import type { Table } from "./items.ts";
import { toUpdate } from "./to-update.ts";

/** How long an address of which nothing is heard stays known. */
const keptMs = 365 * 24 * 3_600_000;

type Owner = { sessionId: string; accountId: string };

type News = { [Name in keyof ContactItem]?: ContactItem[Name] | null | undefined };

/** Adds what is news of an address to what is known of it: one write. */
export async function note(
  messages: Table,
  { sessionId, accountId }: Owner,
  contact: Contact,
  news: News,
): Promise<void> {
  const address = keptAddress(contact);
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

/** All that is known of an address, and whether it is on WhatsApp. */
export async function forget(messages: Table, sessionId: string, address: string): Promise<void> {
  await items.remove(messages, contactKey(sessionId, address));
  await numberChecks.remove(messages, sessionId, address);
}
