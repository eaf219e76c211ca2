import { usageRowSchema } from "#shared/contracts/insight.ts";
import type { UsageRow } from "#shared/contracts/insight.ts";

const columns = Object.keys(usageRowSchema.shape) as (keyof UsageRow)[];

/** RFC 4180; ids, days and numbers need no quotes. */
export function toCsv(rows: UsageRow[]): string {
  const lines = rows.map((row) => columns.map((column) => row[column]).join(","));
  return [columns.join(","), ...lines, ""].join("\r\n");
}
