import * as eventLog from "#functions/store/event-log.ts";
import * as items from "#functions/store/items.ts";
import type { Table } from "#functions/store/items.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { EventLogItem } from "#shared/items/message-item.ts";
import type { Erased } from "./erased.ts";
import { redactEvent } from "./redact-event.ts";

/** One that was published again meanwhile, and reaches further now, is looked at once more. */
export async function redactItem(
  messages: Table,
  item: EventLogItem,
  erased: Erased,
): Promise<void> {
  const events = JSON.parse(eventLog.textOf(item)) as WafleetEvent[];
  const redacted = events.map((event) => redactEvent(event, erased));
  if (redacted.every((event, index) => event === events[index])) return;
  if (await eventLog.replaceEvents(messages, item, redacted)) return;
  const longer = await items.find<EventLogItem>(messages, { pk: item.pk, sk: item.sk });
  if (longer) await redactItem(messages, longer, erased);
}
