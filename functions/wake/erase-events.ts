// Events of erased messages keep their places in the log, so that no reader misses one, and say nothing.
import { foldSession } from "#functions/count/fold-session.ts";
import * as erasures from "#functions/store/erasures.ts";
import * as eventLog from "#functions/store/event-log.ts";
import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { eventLogPrefix } from "#shared/items/message-item.ts";
import type { EventLogItem } from "#shared/items/message-item.ts";
import { redactEvent } from "./redact-event.ts";

const pageSize = 50;

/** Goes through the log as far as there is time; false when something is left, for the next call. */
export async function eraseEvents(
  messages: Table,
  key: ItemKey,
  isOver: () => boolean,
): Promise<boolean> {
  const erasure = await erasures.find(messages, key);
  if (!erasure) return true;
  const { pk: sessionId, accountId, messageIds = [], from = eventLogPrefix } = erasure;
  // What an event counts as can be read as long as it says something.
  while (!(await foldSession(messages, { sessionId, accountId }))) if (isOver()) return false;
  const ids = new Set(messageIds);
  const pages = items.pages<EventLogItem>(messages, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :end",
    ExpressionAttributeValues: { ":pk": sessionId, ":from": from, ":end": `${eventLogPrefix}~` },
    Limit: pageSize,
  });
  for await (const page of pages) {
    for (const item of page) await redactItem(messages, item, ids);
    const last = page.at(-1);
    if (!isOver() || !last) continue;
    await erasures.goOnAt(messages, erasure, last.sk);
    return false;
  }
  await erasures.end(messages, erasure);
  return true;
}

/** One that was published again meanwhile, and reaches further now, is looked at once more. */
async function redactItem(messages: Table, item: EventLogItem, ids: Set<string>): Promise<void> {
  const events = JSON.parse(eventLog.textOf(item)) as WafleetEvent[];
  const isErased = ({ data }: WafleetEvent) =>
    "messageId" in data && data.messageId !== null && ids.has(data.messageId);
  if (!events.some(isErased)) return;
  const redacted = events.map((event) => (isErased(event) ? redactEvent(event) : event));
  if (await eventLog.replaceEvents(messages, item, redacted)) return;
  const longer = await items.find<EventLogItem>(messages, { pk: item.pk, sk: item.sk });
  if (longer) await redactItem(messages, longer, ids);
}
