import type { Change } from "#functions/store/items.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";

/** The change of a session, on condition that it has seen nothing as new as this event. */
export function newerEvent(change: Change, event: WafleetEvent): Change {
  return {
    ...change,
    ConditionExpression:
      "attribute_exists(pk) AND (attribute_not_exists(statusCursor) OR statusCursor < :cursor)",
    ExpressionAttributeValues: {
      ...change.ExpressionAttributeValues,
      ":cursor": sortableCursor(parseCursor(event.cursor)),
    },
  };
}
