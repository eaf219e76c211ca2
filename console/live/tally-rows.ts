import type { Series } from "../charts/bar-data.ts";
import { texts } from "../texts/texts.ts";
import type { StatisticsRow } from "./live-counts.ts";

type Grouping = (row: StatisticsRow) => string;

const words = texts.insight.counted;

/** What came of a row: what the four counters and most charts tell apart. */
export const tallied: Record<"sent" | "received" | "delivered" | "read" | "failed", Match> = {
  sent: ({ direction, status }) => direction === "outbound" && status === "sent",
  received: ({ direction, status }) => direction === "inbound" && status === "received",
  delivered: ({ direction, status }) => direction === "outbound" && status === "delivered",
  read: ({ direction, status }) => direction === "outbound" && status === "read",
  failed: ({ direction, status }) => direction === "outbound" && status === "failed",
};

type Match = (row: StatisticsRow) => boolean;

export function sumOf(rows: readonly StatisticsRow[], match: Match): number {
  return rows.reduce((sum, row) => sum + (match(row) ? row.count : 0), 0);
}

/** Sent, received and failed messages, one value a label. */
export function seriesBy(
  rows: readonly StatisticsRow[],
  labels: readonly string[],
  grouping: Grouping,
): Series[] {
  const groups = Map.groupBy(rows, grouping);
  const values = (match: Match) => labels.map((label) => sumOf(groups.get(label) ?? [], match));
  return [
    { name: words.sent, tone: "out", values: values(tallied.sent) },
    { name: words.received, tone: "in", values: values(tallied.received) },
    { name: words.failed, tone: "bad", values: values(tallied.failed) },
  ];
}

/** The labels that have messages, those with most of them first. */
export function busiest(rows: readonly StatisticsRow[], grouping: Grouping, most = 12): string[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const isMessage = tallied.sent(row) || tallied.received(row) || tallied.failed(row);
    if (!isMessage) continue;
    const label = grouping(row);
    sums.set(label, (sums.get(label) ?? 0) + row.count);
  }
  return [...sums.entries()]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([label]) => label);
}
