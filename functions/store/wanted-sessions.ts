import { wantedKey } from "#shared/items/fleet-item.ts";
import type { WantedItem } from "#shared/items/fleet-item.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";
import type { SessionItem } from "./sessions.ts";

/** From now on the session wants to be connected; `connectId` names this wish. */
export async function put(fleet: Table, session: SessionItem, connectId: string): Promise<void> {
  const { shard, sessionId, accountId } = session;
  const item: WantedItem = { ...wantedKey(shard, sessionId), sessionId, accountId, connectId };
  await items.put(fleet, item);
}

export function remove(fleet: Table, session: SessionItem): Promise<void> {
  return items.remove(fleet, wantedKey(session.shard, session.sessionId));
}
