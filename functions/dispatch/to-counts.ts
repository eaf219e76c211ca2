import { countedAs } from "#shared/counted-as.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { SocketNotice } from "#shared/contracts/socket.ts";

/** What a batch of one session's events adds to its counts; undefined when that is nothing. */
export function toCounts(events: LoggedEvent[]): SocketNotice | undefined {
  const counts: Record<string, number> = {};
  for (const event of events) {
    const name = event.sessionId === null ? undefined : countedAs(event).name;
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  }
  const [first, last] = [events[0], events.at(-1)];
  if (!first?.sessionId || !last || Object.keys(counts).length === 0) return undefined;
  const { sessionId: source } = first;
  return { type: "socket.counts", source, first: first.cursor, cursor: last.cursor, counts };
}
