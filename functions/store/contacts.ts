import { keptAddress, requireAddress } from "#shared/address.ts";
import type { Contact } from "#shared/address.ts";
import { contactKey, contactPrefix } from "#shared/items/contact-item.ts";
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

/**
 * All addresses of whoever or whatever has this one: JIDs, a person's phone first. A person is kept under
 * the phone where that is known, so that nothing leads from a LID there: the session's contacts are looked
 * at, a read unit for about 40 of them.
 */
export async function findAddresses(
  messages: Table,
  sessionId: string,
  address: string,
): Promise<string[]> {
  const { jid, kind } = requireAddress(address);
  if (kind === "group") return [jid];
  if (kind === "phone") {
    const known = await items.find<ContactItem>(messages, contactKey(sessionId, jid));
    return known?.lid === undefined ? [jid] : [jid, known.lid];
  }
  const contacts = items.query<ContactItem>(messages, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    FilterExpression: "lid = :lid",
    ExpressionAttributeValues: { ":pk": sessionId, ":prefix": contactPrefix, ":lid": jid },
  });
  const found = await Array.fromAsync(contacts);
  return [
    ...new Set([...found.map((contact) => contact.address).filter((one) => one !== jid), jid]),
  ];
}

/** All that is known of a person, and whether these addresses are on WhatsApp. */
export async function forget(
  messages: Table,
  sessionId: string,
  addresses: string[],
): Promise<void> {
  for (const address of addresses) {
    await items.remove(messages, contactKey(sessionId, address));
    await numberChecks.remove(messages, sessionId, address);
  }
}
