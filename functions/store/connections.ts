import type { Caller } from "#functions/auth/caller.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type ConnectionItem = ItemKey & { connectionId: string; caller: Caller; expiresAt: number };

/** API Gateway ends a connection after two hours; its items go a little later. */
export const connectionLifetimeMs = 130 * 60_000;

function connectionKey(connectionId: string): ItemKey {
  return { pk: `conn#${connectionId}`, sk: "conn" };
}

export function find(control: Table, connectionId: string): Promise<ConnectionItem | undefined> {
  return items.find<ConnectionItem>(control, connectionKey(connectionId));
}

export async function put(control: Table, connectionId: string, caller: Caller): Promise<void> {
  const expiresAt = expiryAt(control.now() + connectionLifetimeMs);
  const item: ConnectionItem = { ...connectionKey(connectionId), connectionId, caller, expiresAt };
  await items.put(control, item);
}

/** Gives the removed item, which knows the account that its subscription is under. */
export function take(control: Table, connectionId: string): Promise<ConnectionItem | undefined> {
  return items.take<ConnectionItem>(control, connectionKey(connectionId));
}
