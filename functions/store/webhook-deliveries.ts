import { encodePageCursor, parsePageCursor } from "#functions/api/page-cursor.ts";
import type { AttemptError, DeliveryStatus } from "#shared/contracts/webhook-delivery.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type Attempt = {
  /** Milliseconds since 1970. */
  at: number;
  ms: number;
  status?: number;
  error?: AttemptError;
};

/** One event on its way to one endpoint, and what became of it. Kept small: most are one unit. */
export type DeliveryItem = ItemKey & {
  accountId: string;
  source: string;
  cursor: string;
  type: string;
  status: DeliveryStatus;
  /** Attempts of the present schedule. */
  count: number;
  attempts: Attempt[];
  /** The event as it is sent, or its beginning. */
  body: string;
  isCut?: true;
  answer?: { status: number; body: string; isCut: boolean };
  /** When the next attempt is. */
  nextAt?: number | undefined;
  /** A test: tried once, whatever comes of it, also when the endpoint is disabled. */
  once?: true;
  /** Key of the index of what is due; absent while the line itself waits for it. */
  dueIn?: "due" | undefined;
  dueAt?: number | undefined;
  /** Key of the index of what has not succeeded: the webhook. */
  openIn?: string | undefined;
  /** Seconds since 1970. */
  expiresAt: number;
};

export const deliveryPrefix = "d#";
export const keptMs = 30 * 24 * 3_600_000;

/** An endpoint gets an event once, so the event's id names the delivery. */
export function deliveryIdOf(eventId: string): string {
  return eventId.replace(/^evt_/, "dlv_");
}

export function eventIdOf(deliveryId: string): string {
  return deliveryId.replace(/^dlv_/, "evt_");
}

export function deliveryKey(webhookId: string, deliveryId: string): ItemKey {
  return { pk: webhookId, sk: `${deliveryPrefix}${deliveryId}` };
}

export function find(
  webhooks: Table,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryItem | undefined> {
  return items.find<DeliveryItem>(webhooks, deliveryKey(webhookId, deliveryId));
}

export async function put(webhooks: Table, delivery: DeliveryItem): Promise<void> {
  await items.put(webhooks, delivery);
}

export function remove(webhooks: Table, { pk, sk }: ItemKey): Promise<void> {
  return items.remove(webhooks, { pk, sk });
}

export type DeliveryRange = {
  webhookId: string;
  status?: DeliveryStatus | undefined;
  newestFirst: boolean;
  /** Sort keys, both inclusive. */
  from?: string;
  to?: string;
};

/** One page of an endpoint's deliveries, in the order of their events. */
export async function page(
  webhooks: Table,
  {
    webhookId,
    status,
    newestFirst,
    from = deliveryPrefix,
    to = `${deliveryPrefix}~`,
  }: DeliveryRange,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ page: DeliveryItem[]; nextCursor: string | null }> {
  const after =
    cursor === undefined ? undefined : parsePageCursor(cursor, webhookId, deliveryPrefix);
  const isOpen = status !== undefined && status !== "succeeded";
  const start = after !== undefined && { pk: webhookId, sk: after };
  const found = items.query<DeliveryItem>(webhooks, {
    KeyConditionExpression: "#partition = :webhook AND sk BETWEEN :from AND :to",
    ExpressionAttributeNames: { "#partition": isOpen ? "openIn" : "pk" },
    ExpressionAttributeValues: { ":webhook": webhookId, ":from": from, ":to": to },
    ScanIndexForward: !newestFirst,
    Limit: limit + 1,
    // An index knows nothing of consistent reads.
    ...(isOpen && { IndexName: "open", ConsistentRead: false }),
    ...(start && { ExclusiveStartKey: { ...start, ...(isOpen && { openIn: webhookId }) } }),
  });
  const shown: DeliveryItem[] = [];
  for await (const delivery of found) {
    if (status !== undefined && delivery.status !== status) continue;
    const last = shown.at(-1);
    if (shown.length === limit && last) {
      return { page: shown, nextCursor: encodePageCursor(webhookId, last.sk) };
    }
    shown.push(delivery);
  }
  return { page: shown, nextCursor: null };
}
