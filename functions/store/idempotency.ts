import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

/** One use of an Idempotency-Key. `seed` and `startedAt` give each try of it the same ids. */
export type IdempotencyItem = ItemKey & {
  /** Hash of the request that the key was used with. */
  fingerprint: string;
  seed: string;
  startedAt: number;
  /** While a try is under way: when another may take over (milliseconds). */
  lockedUntil: number;
  /** The sealed answer, once there is one. */
  answer?: Uint8Array;
  expiresAt: number;
};

const lifetimeMs = 24 * 3_600_000;

export function recordKey(accountId: string, keyHash: string): ItemKey {
  return { pk: `idem#${accountId}#${keyHash}`, sk: "idem" };
}

export function find(control: Table, key: ItemKey): Promise<IdempotencyItem | undefined> {
  return items.find<IdempotencyItem>(control, key);
}

/** False when the key is in use already. */
export function create(
  control: Table,
  key: ItemKey,
  record: Pick<IdempotencyItem, "fingerprint" | "seed" | "startedAt" | "lockedUntil">,
): Promise<boolean> {
  const expiresAt = expiryAt(record.startedAt + lifetimeMs);
  return items.put(control, { ...key, ...record, expiresAt } as IdempotencyItem, {
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": expiryAt(control.now()) },
  });
}

/** Of several that would take over an abandoned try, one can. */
export function takeOver(
  control: Table,
  key: ItemKey,
  seen: IdempotencyItem,
  lockedUntil: number,
): Promise<boolean> {
  return items.update(control, key, {
    UpdateExpression: "SET lockedUntil = :until",
    ConditionExpression: "seed = :seed AND lockedUntil = :seen AND attribute_not_exists(answer)",
    ExpressionAttributeValues: {
      ":until": lockedUntil,
      ":seen": seen.lockedUntil,
      ":seed": seen.seed,
    },
  });
}

export async function finish(
  control: Table,
  key: ItemKey,
  seed: string,
  answer: Uint8Array,
): Promise<void> {
  await items.update(control, key, {
    UpdateExpression: "SET answer = :answer",
    ConditionExpression: "seed = :seed",
    ExpressionAttributeValues: { ":answer": answer, ":seed": seed },
  });
}

/** The try failed: the next one need not wait, and continues with the same ids. */
export async function release(control: Table, key: ItemKey, seed: string): Promise<void> {
  await items.update(control, key, {
    UpdateExpression: "SET lockedUntil = :none",
    ConditionExpression: "seed = :seed",
    ExpressionAttributeValues: { ":none": 0, ":seed": seed },
  });
}
