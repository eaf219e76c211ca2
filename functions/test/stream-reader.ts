// The client's side of a stream, by the five rules of docs/events.md and nothing else.
import { compareCursors, parseCursor } from "#shared/cursor.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { Positions, SocketNotice } from "#shared/contracts/socket.ts";

/** What a reader knows beyond one connection: positions, and what it has handed on. */
export type Reading = { positions: Positions; events: LoggedEvent[] };

/** Reads the frames of one connection; gives the requests that it sends in answer. */
export function createStreamReader(reading: Reading, sent: Positions, fromStart: boolean) {
  const behind = new Set<string>();
  const aside = new Map<string, LoggedEvent[]>();
  let isSubscribed = false;

  function handOn(source: string, events: LoggedEvent[]): void {
    for (const event of events) {
      const place = parseCursor(event.cursor);
      if (compareCursors(place, parseCursor(reading.positions[source] ?? "0.0")) <= 0) continue;
      reading.positions[source] = event.cursor;
      reading.events.push(event);
    }
  }

  function take(source: string): void {
    const events = aside.get(source) ?? [];
    aside.delete(source);
    handOn(source, events);
  }

  return (frame: SocketNotice): Positions | undefined => {
    switch (frame.type) {
      case "socket.subscribed":
        isSubscribed = true;
        for (const [source, cursor] of Object.entries(frame.cursors ?? {})) {
          const isBehind = source in sent || (fromStart && cursor === "0.0");
          if (isBehind) behind.add(source);
          reading.positions[source] = cursor;
        }
        for (const source of aside.keys()) if (!behind.has(source)) take(source);
        return undefined;
      case "socket.events": {
        const { source, events } = frame;
        const waits = !frame.replay && (!isSubscribed || behind.has(source));
        if (waits) aside.set(source, [...(aside.get(source) ?? []), ...events]);
        else handOn(source, events);
        return undefined;
      }
      case "socket.more":
        return { [frame.source]: frame.cursor };
      case "socket.caught_up": {
        const { source, cursor } = frame;
        const known = parseCursor(reading.positions[source] ?? "0.0");
        if (compareCursors(parseCursor(cursor), known) > 0) reading.positions[source] = cursor;
        behind.delete(source);
        take(source);
        return undefined;
      }
      default:
        return undefined;
    }
  };
}
