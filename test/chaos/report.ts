import { quantile } from "./stage/outages.ts";
import type { RowResult } from "./row.ts";

export type Reported = { number: number; title: string; seconds: number } & (
  | { result: RowResult }
  | { error: string }
);

const shownFindings = 5;

/** Everything that makes a row fail, in words. */
export function findingsOf(reported: Reported): string[] {
  if ("error" in reported) return [reported.error];
  const { verdict, failures } = reported.result;
  const named = (what: string, list: string[]) => list.map((text) => `${what}: ${text}`);
  return [
    ...named("lost", verdict.lost),
    ...named("duplicated", verdict.duplicated),
    ...named("undecryptable", verdict.undecryptable),
    ...named("broken", verdict.broken),
    ...failures,
  ];
}

/** One row as soon as it is over. */
export function toSummary(reported: Reported): string {
  const findings = findingsOf(reported);
  const verdict = findings.length === 0 ? "passes" : `FAILS (${findings[0]?.split("\n")[0]})`;
  return `row ${reported.number} ${verdict} after ${reported.seconds.toFixed(0)} s`;
}

/** One page: a line for each row, then what is behind each failure. */
export function toReport(all: Reported[], run: { seed: number; seconds: number }): string {
  const head = [
    "row",
    "fault",
    "kills",
    "messages",
    "lost",
    "dupl.",
    "undecr.",
    "back p50",
    "back max",
    "440",
    "s",
    "verdict",
  ];
  const table = [head, ...all.map(toLine)];
  const widths = head.map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  const lines = table.map((line) =>
    line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "),
  );
  const failed = all.filter((one) => findingsOf(one).length > 0).map(({ number }) => number);
  const verdict = failed.length === 0 ? "all hold" : `FAILED: row ${failed.join(", ")}`;
  const summary = `seed ${run.seed}, ${run.seconds.toFixed(0)} s: ${verdict}`;
  return [summary, "", ...lines, ...all.flatMap(toDetails)].join("\n");
}

function toLine(reported: Reported): string[] {
  const { number, title, seconds } = reported;
  const verdict = findingsOf(reported).length === 0 ? "pass" : "FAIL";
  if ("error" in reported) {
    return [String(number), title, ...Array<string>(8).fill("-"), seconds.toFixed(0), verdict];
  }
  const { kills, recoveries, verdict: found } = reported.result;
  const ms = (share: number) =>
    recoveries.length === 0 ? "-" : `${Math.round(quantile(recoveries, share))} ms`;
  return [
    String(number),
    title,
    String(kills),
    String(found.messages),
    String(found.lost.length),
    String(found.duplicated.length),
    String(found.undecryptable.length),
    ms(0.5),
    ms(1),
    String(found.conflicts),
    seconds.toFixed(0),
    verdict,
  ];
}

function toDetails(reported: Reported): string[] {
  const findings = findingsOf(reported);
  const notes = "result" in reported ? reported.result.notes : [];
  if (findings.length + notes.length === 0) return [];
  const more = findings.length - shownFindings;
  return [
    "",
    `row ${reported.number}:`,
    ...notes.map((note) => `  ${note}`),
    ...findings.slice(0, shownFindings).map((finding) => `  ! ${finding}`),
    ...(more > 0 ? [`  ! and ${more} more`] : []),
  ];
}
