import { compareCursors } from "#client/events/compare-cursors.ts";
import type { WafleetEvent } from "#client/events/event.ts";
import type { Answer } from "#client/operation.ts";
import { countedAs } from "#shared/counted-as.ts";
import type { Period } from "./period.ts";

export type Statistics = Answer<"getStatistics">;
export type StatisticsRow = Statistics["data"][number];

/** What has happened since the statistics were counted, as rows of the same form. */
export function countSince(
  { cursors }: Pick<Statistics, "cursors">,
  events: readonly WafleetEvent[],
  { from, to }: Period,
  sessionId: string,
): StatisticsRow[] {
  return events.flatMap((event) => {
    if (event.sessionId === null || event.data === null) return [];
    if (sessionId !== "" && event.sessionId !== sessionId) return [];
    const counted = cursors[event.sessionId];
    if (counted !== undefined && compareCursors(event.cursor, counted) <= 0) return [];
    const [direction, kind = "", status = ""] = countedAs(event).name?.split(".") ?? [];
    const day = event.at.slice(0, 10);
    if (direction === undefined || day < from || day > to) return [];
    return {
      sessionId: event.sessionId,
      day,
      direction: direction as StatisticsRow["direction"],
      kind,
      status,
      count: 1,
    };
  });
}
