// Failed sign-ins by email, registered or not, so that the answer says nothing about which are.
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

type FailuresItem = ItemKey & { failures: number; expiresAt: number };

const windowMs = 15 * 60_000;

function failuresKey(email: string): ItemKey {
  return { pk: `failures#${email}`, sk: "failures" };
}

/** How often signing in has failed of late, and when that is forgotten (milliseconds). */
export async function recent(
  logins: Table,
  email: string,
): Promise<{ failures: number; endsAt: number }> {
  const item = await items.find<FailuresItem>(logins, failuresKey(email));
  return { failures: item?.failures ?? 0, endsAt: (item?.expiresAt ?? 0) * 1000 };
}

export async function add(logins: Table, email: string): Promise<void> {
  const key = failuresKey(email);
  const now = expiryAt(logins.now());
  const expiresAt = expiryAt(logins.now() + windowMs);
  const counted = await items.update(logins, key, {
    UpdateExpression: "ADD failures :one",
    ConditionExpression: "expiresAt > :now",
    ExpressionAttributeValues: { ":one": 1, ":now": now },
  });
  // Two first failures at once may count as one: the limit is not exact to that degree.
  if (!counted) await items.put(logins, { ...key, failures: 1, expiresAt } as FailuresItem);
}

export function clear(logins: Table, email: string): Promise<void> {
  return items.remove(logins, failuresKey(email));
}
