import type { Role } from "#functions/auth/caller.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

/** An email and its password. Written before the account and user, which it can remake. */
export type LoginItem = ItemKey & {
  accountId: string;
  userId: string;
  role: Role;
  accountName: string;
  passwordHash: string;
  createdAt: string;
  /** Hash of the Idempotency-Key that it was registered with. */
  keyHash?: string | undefined;
};

function loginKey(email: string): ItemKey {
  return { pk: `email#${email}`, sk: "email" };
}

export function find(logins: Table, email: string): Promise<LoginItem | undefined> {
  return items.find<LoginItem>(logins, loginKey(email));
}

/** False when the email is registered already. */
export function create(
  logins: Table,
  email: string,
  login: Omit<LoginItem, keyof ItemKey>,
): Promise<boolean> {
  return items.create(logins, { ...loginKey(email), ...login });
}

/** False when the password is another one by now. */
export function changePassword(
  logins: Table,
  email: string,
  former: string,
  passwordHash: string,
): Promise<boolean> {
  return items.update(logins, loginKey(email), {
    UpdateExpression: "SET passwordHash = :hash",
    ConditionExpression: "passwordHash = :former",
    ExpressionAttributeValues: { ":hash": passwordHash, ":former": former },
  });
}

/** Does nothing when the email is another user's. */
export async function remove(
  logins: Table,
  { email, userId }: { email: string; userId: string },
): Promise<void> {
  await items.removeIf(logins, loginKey(email), {
    ConditionExpression: "userId = :userId",
    ExpressionAttributeValues: { ":userId": userId },
  });
}
