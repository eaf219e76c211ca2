// A key is two items: its description in the account, and a look-up item under the hash of the key,
// which alone makes it work. The look-up is written last and removed first.
import type { Scope } from "#shared/routes/define-route.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

type KeyGrant = {
  accountId: string;
  keyId: string;
  scopes: Scope[];
  sessionId?: string | undefined;
  /** ISO time. */
  validUntil?: string | undefined;
};

export type ApiKeyItem = ItemKey &
  KeyGrant & {
    name: string;
    prefix: string;
    hash: string;
    createdAt: string;
    lastUsedAt?: string;
  };

export type KeyLookupItem = ItemKey & KeyGrant & { lastUsedAt?: string; expiresAt?: number };

export const keyPrefix = "key#";

export function accountPartition(accountId: string): string {
  return `acc#${accountId}`;
}

function apiKeyKey(accountId: string, keyId: string): ItemKey {
  return { pk: accountPartition(accountId), sk: `${keyPrefix}${keyId}` };
}

function lookupKey(hash: string): ItemKey {
  return { pk: `key#${hash}`, sk: "key" };
}

export function find(
  control: Table,
  accountId: string,
  keyId: string,
): Promise<ApiKeyItem | undefined> {
  return items.find<ApiKeyItem>(control, apiKeyKey(accountId, keyId));
}

export function findByHash(control: Table, hash: string): Promise<KeyLookupItem | undefined> {
  return items.find<KeyLookupItem>(control, lookupKey(hash));
}

/** Puts the key; one of the same id, left by a try that ended half-way, gives way to it. */
export async function put(control: Table, key: Omit<ApiKeyItem, keyof ItemKey>): Promise<void> {
  const { accountId, keyId, scopes, sessionId, validUntil } = key;
  const former = await find(control, accountId, keyId);
  if (former) await items.remove(control, lookupKey(former.hash));
  await items.put(control, { ...apiKeyKey(accountId, keyId), ...key });
  const lookup: KeyLookupItem = {
    ...lookupKey(key.hash),
    accountId,
    keyId,
    scopes,
    sessionId,
    validUntil,
    ...(validUntil !== undefined && { expiresAt: expiryAt(Date.parse(validUntil)) }),
  };
  await items.put(control, lookup);
}

export async function remove(control: Table, key: ApiKeyItem): Promise<void> {
  await items.remove(control, lookupKey(key.hash));
  await items.remove(control, apiKeyKey(key.accountId, key.keyId));
}

/** Notes the use of a key unless somebody has since `before`; a revoked key stays revoked. */
export async function markUsed(
  control: Table,
  hash: string,
  key: KeyGrant,
  before: string,
): Promise<void> {
  const change = {
    UpdateExpression: "SET lastUsedAt = :now",
    ConditionExpression:
      "attribute_exists(pk) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :before)",
    ExpressionAttributeValues: {
      ":now": new Date(control.now()).toISOString(),
      ":before": before,
    },
  };
  const works = await items.update(control, lookupKey(hash), change);
  if (works) await items.update(control, apiKeyKey(key.accountId, key.keyId), change);
}
