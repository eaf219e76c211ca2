import { wantedKey, wantedPrefix } from "#shared/items/fleet-item.ts";
import type { WantedItem } from "#shared/items/fleet-item.ts";
import type { SessionSettings } from "#shared/contracts/session-settings.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";
import type { SessionItem } from "./sessions.ts";

/** From now on the session wants to be connected; `connectId` names this wish. */
export async function put(
  fleet: Table,
  session: SessionItem,
  wish: Pick<WantedItem, "connectId" | "phone" | "settings">,
): Promise<void> {
  const { shard, sessionId, accountId } = session;
  const item: WantedItem = { ...wantedKey(shard, sessionId), sessionId, accountId, ...wish };
  await items.put(fleet, item);
}

/** For the next owner, should there be a wish. */
export async function configure(
  fleet: Table,
  { shard, sessionId }: SessionItem,
  settings: SessionSettings,
): Promise<void> {
  await items.update(fleet, wantedKey(shard, sessionId), {
    UpdateExpression: "SET settings = :settings",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":settings": settings },
  });
}

/** Sessions that want to be connected, in all shards. */
export async function count(fleet: Table, shards: number): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: shards }, (_, shard) => {
      const { pk } = wantedKey(shard, "");
      return items.count(fleet, pk, wantedPrefix);
    }),
  );
  return counts.reduce((sum, each) => sum + each, 0);
}

export function remove(fleet: Table, session: SessionItem): Promise<void> {
  return items.remove(fleet, wantedKey(session.shard, session.sessionId));
}
