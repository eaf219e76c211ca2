// The order in which messages are listed. Their sort keys say the millisecond in which we accepted one, and
// of what came in WhatsApp's second alone: inside a second the order is that of acceptance and arrival.
import { timeOfId } from "#shared/ids.ts";
import { messagePrefix } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";

const secondMs = 1_000;

/** What an item keeps of the event that told of it. */
export function arrivalOf({ at, cursor }: { at: string; cursor: string }): string {
  return `${Date.parse(at)} ${sortableCursor(parseCursor(cursor))}`;
}

/** Where a message stands among a session's: text that sorts. */
export function placeOf({ sk, messageId, arrival = "" }: MessageItem): string {
  const idTime = timeOfId(messageId);
  const [heardAt = "", cursor = ""] = arrival.split(" ");
  const at = heardAt === "" ? idTime : Number(heardAt);
  // What was heard of late, by another clock, or again stays in its second.
  const time = Math.min(Math.max(at, idTime), secondOf(idTime) + secondMs - 1);
  return `${messagePrefix}${String(time).padStart(13, "0")} ${cursor} ${sk}`;
}

/** Milliseconds of a place; NaN where the text is none. */
export function timeOfPlace(place: string): number {
  const time = /^m#(\d{13}) /.exec(place)?.[1];
  return time === undefined ? Number.NaN : Number(time);
}

/** Milliseconds since 1970 at which a time's second begins. */
export function secondOf(time: number): number {
  return Math.floor(time / secondMs) * secondMs;
}

export function newestFirst(a: MessageItem, b: MessageItem): number {
  return placeOf(a) < placeOf(b) ? 1 : -1;
}
