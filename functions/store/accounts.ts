import type { Tier } from "#shared/resources/limits.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type NamedSession = { id: string; createdAt: string };

export type AccountItem = ItemKey & {
  accountId: string;
  name: string;
  tier: Tier;
  /** The session of each name in use; session-names.ts makes its keys. */
  sessions: Record<string, NamedSession>;
  createdAt: string;
};

export function accountKey(accountId: string): ItemKey {
  return { pk: `acc#${accountId}`, sk: "account" };
}

export function find(control: Table, accountId: string): Promise<AccountItem | undefined> {
  return items.find<AccountItem>(control, accountKey(accountId));
}

/** Only a bug makes it absent: credentials come from accounts. */
export async function get(control: Table, accountId: string): Promise<AccountItem> {
  const account = await find(control, accountId);
  if (account) return account;
  throw new Error(`account ${accountId} has credentials but no item`);
}

/** Does nothing when the account is there. */
export async function ensure(
  control: Table,
  account: Pick<AccountItem, "accountId" | "name" | "createdAt">,
): Promise<void> {
  await items.create(control, {
    ...accountKey(account.accountId),
    ...account,
    tier: "basic",
    sessions: {},
  } as AccountItem);
}

/** False when there is no such account. */
export function setTier(control: Table, accountId: string, tier: Tier): Promise<boolean> {
  return items.update(control, accountKey(accountId), {
    UpdateExpression: "SET tier = :tier",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":tier": tier },
  });
}
