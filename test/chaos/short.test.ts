import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { replacements } from "./mutants/replacements.ts";
import { findingsOf } from "./report.ts";
import { runRow } from "./run-row.ts";

const seed = 1;

test("what makes a runner a mutant, or a thief, still fits its source", () => {
  const folder = new URL("../../session-runner/", import.meta.url);
  const unfit = replacements.filter(
    ({ file, from }) => !readFileSync(new URL(file, folder), "utf8").includes(from),
  );
  expect(unfit).toEqual([]);
});

// Two at a time: mostly they wait, the fifth the longest.
test.concurrent.for([
  [5, "two workers forced onto one session: the journal refuses one, and says so"],
  [1, "owners that are killed lose nothing and send nothing twice"],
  [2, "an owner that was frozen past its lease says nothing more"],
  [6, "commands that come again make no second message"],
  [9, "odd acknowledgements end in the right state"],
] as const)("%s: %s", { timeout: 180_000 }, async ([row], { expect }) => {
  const reported = await runRow(row, { seed, short: true, log: () => undefined });
  expect(findingsOf(reported)).toEqual([]);
});
