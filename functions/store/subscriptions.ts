import type { Caller } from "#functions/auth/caller.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { EventType } from "#shared/contracts/event.ts";
import { connectionLifetimeMs } from "./connections.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

/** What one connection follows; absent members mean all. */
export type Subscription = {
  connectionId: string;
  /** Who connected, to close the connection when that credential ends. */
  caller: Caller;
  sessions?: string[] | undefined;
  types?: EventType[] | undefined;
};

type SubscriptionItem = ItemKey & Subscription & { expiresAt: number };

function subscriptionKey(accountId: string, connectionId: string): ItemKey {
  return { pk: `sub#${accountId}`, sk: connectionId };
}

/** A connection has one subscription: a new one takes the place of the former. */
export async function put(
  control: Table,
  accountId: string,
  subscription: Subscription,
): Promise<void> {
  const item: SubscriptionItem = {
    ...subscriptionKey(accountId, subscription.connectionId),
    ...subscription,
    expiresAt: expiryAt(control.now() + connectionLifetimeMs),
  };
  await items.put(control, item);
}

export function remove(control: Table, accountId: string, connectionId: string): Promise<void> {
  return items.remove(control, subscriptionKey(accountId, connectionId));
}

export async function ofAccount(control: Table, accountId: string): Promise<Subscription[]> {
  const found = items.query<SubscriptionItem>(control, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": `sub#${accountId}` },
  });
  return Array.fromAsync(found);
}

/** Events of the account itself reach those who follow all of its sessions. */
export function follows({ sessions, types }: Subscription, event: LoggedEvent): boolean {
  const { sessionId, type } = event;
  return (
    (sessions?.some((session) => session === sessionId) ?? true) &&
    (types?.some((wanted) => wanted === type) ?? true)
  );
}
