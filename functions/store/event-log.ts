import { loggedEventSchema } from "#shared/contracts/account-event.ts";
import type { AccountEvent, LoggedEvent } from "#shared/contracts/account-event.ts";
import { eventSchema } from "#shared/contracts/event.ts";
import type { EventBatch, WafleetEvent } from "#shared/contracts/event.ts";
import { formatCursor, parseCursor, sortableCursor } from "#shared/cursor.ts";
import type { Cursor } from "#shared/cursor.ts";
import { eventLogKey, eventLogPrefix } from "#shared/items/message-item.ts";
import type { EventLogItem } from "#shared/items/message-item.ts";
import { z } from "zod";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";
import * as edges from "./log-edges.ts";
import { packText, unpackText } from "./packed-text.ts";
import type { Owner } from "./tallies.ts";

/** False when the log holds these events already. */
export async function append(
  messages: Table,
  batch: EventBatch,
  retentionMs: number,
): Promise<boolean> {
  const [first] = batch.events;
  const last = batch.events.at(-1);
  if (!first || !last) throw new Error("a batch without events has no place in the log");
  const upTo = sortableCursor(parseCursor(last.cursor));
  const { sessionId, accountId, events } = batch;
  const item: EventLogItem = {
    ...toItem(messages, { source: sessionId, accountId, events, upTo, retentionMs }),
    ...(await previousOf(messages, batch, parseCursor(first.cursor))),
  };
  // What is published again after a crash may start at the same event and reach further.
  return items.put(messages, item, {
    ConditionExpression: "attribute_not_exists(pk) OR upTo < :upTo",
    ExpressionAttributeValues: { ":upTo": upTo },
  });
}

/**
 * Within an epoch, events are numbered without gaps. Only where one begins does the log have to say
 * what came before, so that a reader can be told whether anything is missing.
 */
async function previousOf(messages: Table, owner: Owner, first: Cursor) {
  if (first.seq > 1) return {};
  if (first.epoch <= 1) return { previous: sortableCursor(parseCursor(edges.logStart)) };
  const previous = await edges.previous(messages, owner, first);
  return previous === undefined ? {} : { previous };
}

/** Puts an event into its account's own log. False when its place is taken: it is there already. */
export function appendNotice(
  messages: Table,
  event: AccountEvent,
  retentionMs: number,
): Promise<boolean> {
  const { accountId, cursor } = event;
  const upTo = sortableCursor(parseCursor(cursor));
  const item = toItem(messages, {
    source: accountId,
    accountId,
    events: [event],
    upTo,
    retentionMs,
  });
  return items.create(messages, item);
}

function toItem(
  messages: Table,
  batch: {
    source: string;
    accountId: string;
    events: LoggedEvent[];
    upTo: string;
    retentionMs: number;
  },
): EventLogItem {
  const { source, accountId, events, upTo, retentionMs } = batch;
  const first = parseCursor((events[0] as LoggedEvent).cursor);
  return {
    ...eventLogKey(source, first),
    accountId,
    events: packText(JSON.stringify(events)),
    upTo,
    expiresAt: expiryAt(messages.now() + retentionMs),
  };
}

/**
 * A session's events after a cursor, oldest first, each once, for as long as the caller keeps
 * asking. With `upTo`, a sortable cursor, nothing is read that begins later.
 */
export function after(
  messages: Table,
  sessionId: string,
  cursor: string | undefined,
  upTo = "~",
): AsyncGenerator<WafleetEvent> {
  return read(messages, { source: sessionId, cursor, upTo, schema: eventSchema });
}

/** The same of any log, a session's or an account's. */
export function anyAfter(
  messages: Table,
  source: string,
  cursor: string | undefined,
): AsyncGenerator<LoggedEvent> {
  return read(messages, { source, cursor, upTo: "~", schema: loggedEventSchema });
}

type Reading<Event> = {
  source: string;
  cursor: string | undefined;
  upTo: string;
  schema: z.ZodType<Event>;
};

async function* read<Event extends LoggedEvent>(
  messages: Table,
  { source, cursor, upTo, schema }: Reading<Event>,
): AsyncGenerator<Event> {
  const eventsSchema = z.array(schema);
  let reached = cursor === undefined ? "" : sortableCursor(parseCursor(cursor));
  const start = await findStart(messages, source, reached);
  const found = items.query<EventLogItem>(messages, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :start AND :end",
    ExpressionAttributeValues: { ":pk": source, ":start": start, ":end": eventLogPrefix + upTo },
    Limit: 50,
  });
  for await (const item of found) {
    for (const event of eventsSchema.parse(JSON.parse(textOf(item)))) {
      const place = sortableCursor(parseCursor(event.cursor));
      if (place <= reached) continue;
      reached = place;
      yield event;
    }
  }
}

/** What is stored of these events, as JSON. */
export function textOf({ events }: Pick<EventLogItem, "events">): string {
  return typeof events === "string" ? events : unpackText(events);
}

/** Stores other events in their places; false when the log holds more of them by now. */
export function replaceEvents(
  messages: Table,
  { pk, sk, upTo }: EventLogItem,
  events: LoggedEvent[],
): Promise<boolean> {
  return items.update(
    messages,
    { pk, sk },
    {
      UpdateExpression: "SET events = :events",
      ConditionExpression: "upTo = :upTo",
      ExpressionAttributeValues: { ":events": packText(JSON.stringify(events)), ":upTo": upTo },
    },
  );
}

/** Where the log keeps these events, and perhaps others beside them. */
export async function* itemsWithin(
  messages: Table,
  { sessionId, events }: EventBatch,
): AsyncGenerator<EventLogItem> {
  const [first, last] = [events[0], events.at(-1)].map((event) =>
    sortableCursor(parseCursor(event?.cursor ?? "0.0")),
  );
  yield* items.query<EventLogItem>(messages, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :start AND :end",
    ExpressionAttributeValues: {
      ":pk": sessionId,
      ":start": await findStart(messages, sessionId, first ?? ""),
      ":end": `${eventLogPrefix}${last}`,
    },
  });
}

/** Which of the places between a batch's first and last event are taken in the log. */
export async function cursorsWithin(messages: Table, batch: EventBatch): Promise<Set<string>> {
  const places = batch.events.map((event) => parseCursor(event.cursor));
  const [first] = places;
  const last = places.at(-1);
  const logged = new Set<string>();
  if (!first || !last) return logged;
  const before = first.seq > 0 ? formatCursor({ ...first, seq: first.seq - 1 }) : undefined;
  const found = after(messages, batch.sessionId, before, sortableCursor(last));
  for await (const { cursor } of found) logged.add(cursor);
  return logged;
}

/** Items are found by their first event, so the one at or before the cursor may go beyond it. */
async function findStart(messages: Table, sessionId: string, reached: string): Promise<string> {
  const before = items.query<EventLogItem>(messages, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :start AND :end",
    ExpressionAttributeValues: {
      ":pk": sessionId,
      ":start": eventLogPrefix,
      ":end": `${eventLogPrefix}${reached}`,
    },
    ScanIndexForward: false,
    Limit: 1,
    // What it has not seen yet only makes it begin earlier.
    ConsistentRead: false,
  });
  for await (const item of before) return item.sk;
  return eventLogPrefix;
}
