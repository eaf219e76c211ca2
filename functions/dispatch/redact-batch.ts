import * as eventLog from "#functions/store/event-log.ts";
import type { Table } from "#functions/store/items.ts";
import { toErased } from "#functions/wake/erased.ts";
import { redactEvent } from "#functions/wake/redact-event.ts";
import { redactItem } from "#functions/wake/redact-item.ts";
import type { EventBatch, WafleetEvent } from "#shared/contracts/event.ts";

/**
 * The events as they may be told when some of their messages were erased before: they are in the log, which
 * is the first to hear of anything, and keep their places there.
 */
export async function redactBatch(
  messages: Table,
  batch: EventBatch,
  messageIds: Set<string>,
): Promise<WafleetEvent[]> {
  const erased = toErased({ messageIds: [...messageIds], dueAt: 0 });
  for await (const item of eventLog.itemsWithin(messages, batch)) {
    await redactItem(messages, item, erased);
  }
  return batch.events.map((event) => redactEvent(event, erased));
}
