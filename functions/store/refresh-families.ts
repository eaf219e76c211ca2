// One item a sign-in: how often it was refreshed. The refresh tokens themselves are signed, not
// stored; the item tells the one that is good from those that are spent.
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

type FamilyItem = ItemKey & { generation: number; spentAt?: number; expiresAt: number };

/** Whoever did not hear the answer, as when a page is reloaded twice, asks again within this time. */
const lostAnswerMs = 30_000;

function familyKey(loginId: string): ItemKey {
  return { pk: `login#${loginId}`, sk: "login" };
}

/** `expiresAt` in seconds since 1970. */
export async function create(logins: Table, loginId: string, expiresAt: number): Promise<void> {
  const item: FamilyItem = { ...familyKey(loginId), generation: 0, expiresAt };
  await items.create(logins, item);
}

/**
 * Spends the token of this generation; false when it is spent already or the sign-in is over. The one
 * that was spent last may be shown again at once: what it is traded for is of the same generation, so
 * that of two who have it the second one is still found out.
 */
export async function spend(logins: Table, loginId: string, generation: number): Promise<boolean> {
  const key = familyKey(loginId);
  const now = logins.now();
  const isSpent = await items.update(logins, key, {
    UpdateExpression: "SET generation = :next, spentAt = :now",
    ConditionExpression: "generation = :generation",
    ExpressionAttributeValues: { ":next": generation + 1, ":now": now, ":generation": generation },
  });
  if (isSpent) return true;
  const family = await items.find<FamilyItem>(logins, key);
  return family?.generation === generation + 1 && now - (family.spentAt ?? 0) < lostAnswerMs;
}

export function remove(logins: Table, loginId: string): Promise<void> {
  return items.remove(logins, familyKey(loginId));
}
