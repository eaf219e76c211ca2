import { expect, test } from "vitest";
import { catchMutant } from "./catch-mutant.ts";
import { mutants } from "./mutant.ts";
import { describeViolations, replayCommand } from "./print-run.ts";
import { runSeed } from "./run-seed.ts";

async function complaints(seed: number): Promise<string> {
  const run = await runSeed(seed);
  return run.violations.length === 0 ? "" : `${replayCommand(seed)}\n${describeViolations(run)}`;
}

const slowMachine = { timeout: 300_000 };

test("the laws hold whatever happens to workers, stores and connections", slowMachine, async () => {
  for (let seed = 1; seed <= 200; seed += 1) expect(await complaints(seed)).toBe("");
});

test("a seed decides everything: the same one gives the same run", async () => {
  const first = await runSeed(7, { traced: true });
  const second = await runSeed(7, { traced: true });
  expect(second.trace).toEqual(first.trace);
  expect(first.trace.length).toBeGreaterThan(100);
});

test.each(mutants)(
  "without the protection called %s the laws break",
  slowMachine,
  async (mutant) => {
    const caught = await catchMutant(mutant);
    expect(caught?.run.violations).not.toEqual([]);
    expect(caught).toBeDefined();
  },
);
