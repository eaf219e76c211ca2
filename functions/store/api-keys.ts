// A key is two items: its description in the account, and a look-up item under the hash of the key,
// which alone makes it work. The look-up is written last and removed first.
import type { CallerName } from "#shared/contracts/caller.ts";
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
    createdBy: CallerName;
    /** Whoever made or rotated it knows the present secret. */
    secretShownTo: CallerName;
    createdAt: string;
    lastUsedAt?: string;
    /** Secrets before this one that live on, oldest first. */
    formers?: FormerSecret[];
    /** Set by revoking, which removes the item last. */
    revokedAt?: string;
  };

/** `until` is an ISO time. */
export type FormerSecret = { hash: string; until: string; shownTo: CallerName };

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

export function ofAccount(control: Table, accountId: string): Promise<ApiKeyItem[]> {
  return Array.fromAsync(
    items.query<ApiKeyItem>(control, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": accountPartition(accountId), ":prefix": keyPrefix },
    }),
  );
}

/** Whether a secret of the key that still works was shown to this user. */
export function isKnownTo(key: ApiKeyItem, userId: string, now: number): boolean {
  const formers = (key.formers ?? []).filter(({ until }) => Date.parse(until) > now);
  const shownTo = [key.secretShownTo, ...formers.map((former) => former.shownTo)];
  return shownTo.some(({ kind, id }) => kind === "user" && id === userId);
}

export function isGood({ revokedAt, validUntil }: ApiKeyItem, now: number): boolean {
  return revokedAt === undefined && (validUntil === undefined || Date.parse(validUntil) > now);
}

/** Puts the key; one of the same id, left by a try that ended half-way, gives way to it. */
export async function put(control: Table, key: Omit<ApiKeyItem, keyof ItemKey>): Promise<void> {
  const { accountId, keyId } = key;
  const former = await find(control, accountId, keyId);
  if (former) await items.remove(control, lookupKey(former.hash));
  await items.put(control, { ...apiKeyKey(accountId, keyId), ...key });
  await putLookup(control, key);
}

export async function putLookup(control: Table, key: KeyGrant & { hash: string }): Promise<void> {
  const { accountId, keyId, scopes, sessionId, validUntil } = key;
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

export function removeLookup(control: Table, hash: string): Promise<void> {
  return items.remove(control, lookupKey(hash));
}

/** A secret that gave way to another ends at its time; one that has ended stays so. */
export async function endLookupAt(control: Table, { hash, until }: FormerSecret): Promise<void> {
  await items.update(control, lookupKey(hash), {
    UpdateExpression: "SET validUntil = :until, expiresAt = :expiresAt",
    ConditionExpression:
      "attribute_exists(pk) AND (attribute_not_exists(validUntil) OR validUntil > :until)",
    ExpressionAttributeValues: { ":until": until, ":expiresAt": expiryAt(Date.parse(until)) },
  });
}

/** False when the key was rotated by somebody else, or revoked. */
export function changeSecret(
  control: Table,
  { accountId, keyId, hash: seen }: ApiKeyItem,
  next: Pick<ApiKeyItem, "hash" | "prefix" | "secretShownTo"> & { formers: FormerSecret[] },
): Promise<boolean> {
  return items.update(control, apiKeyKey(accountId, keyId), {
    UpdateExpression:
      "SET #hash = :hash, #prefix = :prefix, formers = :formers, secretShownTo = :shownTo",
    ConditionExpression: "#hash = :seen AND attribute_not_exists(revokedAt)",
    ExpressionAttributeNames: { "#hash": "hash", "#prefix": "prefix" },
    ExpressionAttributeValues: {
      ":hash": next.hash,
      ":prefix": next.prefix,
      ":formers": next.formers,
      ":shownTo": next.secretShownTo,
      ":seen": seen,
    },
  });
}

/** From now on no new secret can come; false when one has come since the key was read. */
export function markRevoked(
  control: Table,
  { accountId, keyId, hash: seen }: ApiKeyItem,
): Promise<boolean> {
  return items.update(control, apiKeyKey(accountId, keyId), {
    UpdateExpression: "SET revokedAt = :now",
    ConditionExpression: "#hash = :seen",
    ExpressionAttributeNames: { "#hash": "hash" },
    ExpressionAttributeValues: { ":seen": seen, ":now": new Date(control.now()).toISOString() },
  });
}

/** The description, which goes last: while it is there, revoking can be completed. */
export function remove(control: Table, { accountId, keyId }: ApiKeyItem): Promise<void> {
  return items.remove(control, apiKeyKey(accountId, keyId));
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
