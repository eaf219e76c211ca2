import type { Caller } from "#functions/auth/caller.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
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
  types?: LoggedEvent["type"][] | undefined;
  /** Whether the account's own events are wanted; absent, whoever follows all sessions wants them. */
  account?: boolean | undefined;
  /** Gets events in frames that say where they belong, so that it can go on after a cut. */
  stream?: boolean | undefined;
  /** Gets counts of what happens, too. */
  counts?: boolean | undefined;
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

export function find(
  control: Table,
  accountId: string,
  connectionId: string,
): Promise<Subscription | undefined> {
  return items.find<SubscriptionItem>(control, subscriptionKey(accountId, connectionId));
}

export async function ofAccount(control: Table, accountId: string): Promise<Subscription[]> {
  const found = items.query<SubscriptionItem>(control, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": `sub#${accountId}` },
  });
  return Array.fromAsync(found);
}

export function follows(subscription: Subscription, event: LoggedEvent): boolean {
  return followsSource(subscription, event.sessionId) && wants(subscription, event);
}

/** Whether it follows a session; for null, the account itself. */
export function followsSource(subscription: Subscription, sessionId: string | null): boolean {
  return sessionId === null
    ? followsAccount(subscription)
    : (subscription.sessions?.includes(sessionId) ?? true);
}

/** Whether it is of a type that was asked for, whosever it is. */
export function wants({ types }: Subscription, event: LoggedEvent): boolean {
  return types?.includes(event.type) ?? true;
}

export function followsAccount({ account, sessions }: Subscription): boolean {
  return account ?? sessions === undefined;
}
