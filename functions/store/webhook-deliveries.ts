import type { AttemptError, DeliveryStatus } from "#shared/contracts/webhook-delivery.ts";
import { firstIdAt } from "#shared/ids.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type Attempt = {
  /** Milliseconds since 1970. */
  at: number;
  ms: number;
  status?: number;
  error?: AttemptError;
};

/** One event on its way to one endpoint, and what became of it. What succeeds at once is in a run. */
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
  /** Never stored: sort key of the run that it was read from. */
  run?: string;
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

/** Ids begin with their time, so a time has a place among them: before all that are of it. */
export function placeOf(time: number): string {
  return `${deliveryPrefix}${firstIdAt("delivery", time)}`;
}

/** Only what has an item of its own. */
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
