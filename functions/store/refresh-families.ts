// One item a sign-in: how often it was refreshed. The refresh tokens themselves are signed, not
// stored; the item tells the one that is good from those that are spent.
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

type FamilyItem = ItemKey & { generation: number; expiresAt: number };

function familyKey(loginId: string): ItemKey {
  return { pk: `login#${loginId}`, sk: "login" };
}

/** `expiresAt` in seconds since 1970. */
export async function create(logins: Table, loginId: string, expiresAt: number): Promise<void> {
  const item: FamilyItem = { ...familyKey(loginId), generation: 0, expiresAt };
  await items.create(logins, item);
}

/** Spends the token of this generation; false when it is spent already or the sign-in is over. */
export function spend(logins: Table, loginId: string, generation: number): Promise<boolean> {
  return items.update(logins, familyKey(loginId), {
    UpdateExpression: "SET generation = :next",
    ConditionExpression: "generation = :generation",
    ExpressionAttributeValues: { ":next": generation + 1, ":generation": generation },
  });
}

export function remove(logins: Table, loginId: string): Promise<void> {
  return items.remove(logins, familyKey(loginId));
}
