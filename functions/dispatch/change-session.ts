import * as items from "#functions/store/items.ts";
import type { Change, Table } from "#functions/store/items.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";

/** `superseded` when a later owner of the session has been heard of. */
export type Projected = "done" | "superseded";

/**
 * Changes a session unless it has seen something as new as this event. What a former owner says
 * about its connection when there is another one concerns nobody. One more read, only when refused.
 */
export async function changeSession(
  control: Table,
  event: WafleetEvent,
  change: Change,
): Promise<Projected> {
  const key = sessionKey(event.accountId, event.sessionId);
  const cursor = parseCursor(event.cursor);
  const changed = await items.update(control, key, {
    ...change,
    ConditionExpression:
      "attribute_exists(pk) AND (attribute_not_exists(statusCursor) OR statusCursor < :cursor)",
    ExpressionAttributeValues: {
      ...change.ExpressionAttributeValues,
      ":cursor": sortableCursor(cursor),
    },
  });
  if (changed) return "done";
  const session = await items.find<SessionItem>(control, key);
  const newest = Number(session?.statusCursor?.split(".")[0] ?? 0);
  return newest > cursor.epoch ? "superseded" : "done";
}
