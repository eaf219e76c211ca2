import { expect, test } from "vitest";
import { findingsOf } from "./report.ts";
import { runRow } from "./run-row.ts";

const seed = 1;

test.for([
  [1, "owners that are killed lose nothing and send nothing twice"],
  [5, "two workers forced onto one session: the journal refuses one, and says so"],
  [6, "commands that come again make no second message"],
  [9, "odd acknowledgements end in the right state"],
] as const)("%s: %s", { timeout: 180_000 }, async ([row]) => {
  const reported = await runRow(row, { seed, short: true, log: () => undefined });
  expect(findingsOf(reported)).toEqual([]);
});
