// Which bundles an account's sessions were exported into, and where each was imported: kept for
// ever, because a bundle that could be imported twice would make two owners of one device.
import type { ItemKey, Table } from "./items.ts";
import * as items from "./items.ts";
import { accountPartition } from "./sessions.ts";

export type BundleItem = ItemKey & {
  accountId: string;
  bundleId: string;
  exportedFrom: string;
  importedInto?: string;
  createdAt: string;
};

function bundleItemKey(accountId: string, bundleId: string): ItemKey {
  return { pk: accountPartition(accountId), sk: `bnd#${bundleId}` };
}

export async function create(
  control: Table,
  bundle: Pick<BundleItem, "accountId" | "bundleId" | "exportedFrom">,
): Promise<void> {
  const key = bundleItemKey(bundle.accountId, bundle.bundleId);
  const createdAt = new Date(control.now()).toISOString();
  await items.create(control, Object.assign(key, bundle, { createdAt }));
}

export function find(
  control: Table,
  accountId: string,
  bundleId: string,
): Promise<BundleItem | undefined> {
  return items.find<BundleItem>(control, bundleItemKey(accountId, bundleId));
}

/** False when another session has it: of many who ask, one gets it. */
export function claim(control: Table, { pk, sk }: ItemKey, sessionId: string): Promise<boolean> {
  return items.update(
    control,
    { pk, sk },
    {
      UpdateExpression: "SET importedInto = :session",
      ConditionExpression: "attribute_not_exists(importedInto) OR importedInto = :session",
      ExpressionAttributeValues: { ":session": sessionId },
    },
  );
}

/** The session could not open it: another one may try. */
export async function release(
  control: Table,
  { pk, sk }: ItemKey,
  sessionId: string,
): Promise<void> {
  await items.update(
    control,
    { pk, sk },
    {
      UpdateExpression: "REMOVE importedInto",
      ConditionExpression: "importedInto = :session",
      ExpressionAttributeValues: { ":session": sessionId },
    },
  );
}
