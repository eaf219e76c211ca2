// How far an endpoint has come in the log of one source: a session, or the account itself.
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type PlaceItem = ItemKey & {
  accountId: string;
  source: string;
  /** Everything up to here is settled or set aside. */
  cursor: string;
  /** While the event after that waits for its next attempt: when that is. */
  dueIn?: "due";
  dueAt?: number;
};

const placePrefix = "at#";

function placeKey(webhookId: string, source: string): ItemKey {
  return { pk: webhookId, sk: `${placePrefix}${source}` };
}

export function find(
  webhooks: Table,
  webhookId: string,
  source: string,
): Promise<PlaceItem | undefined> {
  return items.find<PlaceItem>(webhooks, placeKey(webhookId, source));
}

/** @param isNew false where one is there, unless its webhook was deleted: then none is put in its stead */
export async function put(
  webhooks: Table,
  webhookId: string,
  place: Pick<PlaceItem, "accountId" | "source" | "cursor" | "dueAt">,
  isNew: boolean,
): Promise<ItemKey> {
  const key = placeKey(webhookId, place.source);
  const item = { ...key, ...place, ...(place.dueAt !== undefined && { dueIn: "due" }) };
  await items.put(webhooks, item, isNew ? {} : { ConditionExpression: "attribute_exists(pk)" });
  return key;
}

export function ofWebhook(webhooks: Table, webhookId: string): Promise<PlaceItem[]> {
  return Array.fromAsync(
    items.query<PlaceItem>(webhooks, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": webhookId, ":prefix": placePrefix },
    }),
  );
}

/** Nothing waits there any more: the next look goes on at once. */
export async function stopWaiting(webhooks: Table, { pk, sk }: ItemKey): Promise<void> {
  await items.update(
    webhooks,
    { pk, sk },
    {
      UpdateExpression: "REMOVE dueIn, dueAt",
      ConditionExpression: "attribute_exists(pk)",
    },
  );
}

export function remove(webhooks: Table, { pk, sk }: ItemKey): Promise<void> {
  return items.remove(webhooks, { pk, sk });
}
