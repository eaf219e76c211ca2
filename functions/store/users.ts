import type { Role } from "#functions/auth/caller.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type UserItem = ItemKey & {
  accountId: string;
  userId: string;
  email: string;
  role: Role;
  createdAt: string;
};

function userKey(accountId: string, userId: string): ItemKey {
  return { pk: `acc#${accountId}`, sk: `usr#${userId}` };
}

export function find(
  control: Table,
  accountId: string,
  userId: string,
): Promise<UserItem | undefined> {
  return items.find<UserItem>(control, userKey(accountId, userId));
}

/** Does nothing when the user is there. */
export async function ensure(control: Table, user: Omit<UserItem, keyof ItemKey>): Promise<void> {
  await items.create(control, { ...userKey(user.accountId, user.userId), ...user });
}
