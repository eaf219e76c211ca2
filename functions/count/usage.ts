import type { UsageRow } from "#shared/contracts/insight.ts";
import { activityByDay } from "./activity.ts";
import type { SessionTallies } from "./read-tallies.ts";
import type { Tally } from "./tally.ts";

/** A session's use, day by day; days without any are left out. */
export function toUsage(
  { sessionId, tallies }: SessionTallies,
  { from, to }: { from: string; to: string },
  now: number,
): UsageRow[] {
  const activity = activityByDay(tallies, now);
  const byDay = new Map(tallies.map((tally) => [tally.day, tally]));
  const days = [...new Set([...activity.keys(), ...byDay.keys()])].toSorted();
  return days
    .filter((day) => day >= from && day <= to)
    .map((day) => {
      const tally = byDay.get(day);
      return {
        sessionId,
        day,
        messagesSent: sumOf(tally, /^outbound\..*\.sent$/),
        messagesReceived: sumOf(tally, /^inbound\..*\.received$/),
        activeSeconds: Math.round((activity.get(day) ?? 0) / 1000),
        mediaBytesSent: tally?.mediaBytes.outbound ?? 0,
        mediaBytesReceived: tally?.mediaBytes.inbound ?? 0,
      };
    });
}

export function totalOf(rows: UsageRow[]): Omit<UsageRow, "sessionId" | "day"> {
  const sum = (pick: (row: UsageRow) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    messagesSent: sum((row) => row.messagesSent),
    messagesReceived: sum((row) => row.messagesReceived),
    activeSeconds: sum((row) => row.activeSeconds),
    mediaBytesSent: sum((row) => row.mediaBytesSent),
    mediaBytesReceived: sum((row) => row.mediaBytesReceived),
  };
}

function sumOf(tally: Tally | undefined, wanted: RegExp): number {
  return Object.entries(tally?.counts ?? {}).reduce(
    (total, [name, count]) => (wanted.test(name) ? total + count : total),
    0,
  );
}
