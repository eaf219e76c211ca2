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
