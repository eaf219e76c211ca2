import type { Run } from "./run-seed.ts";
import type { Mutant } from "./mutant.ts";

/** What to type to see a run again, step by step. */
export function replayCommand(seed: number, mutant?: Mutant): string {
  return `npm run simulate -- --seed ${seed}${mutant ? ` --mutant ${mutant}` : ""}`;
}

/** What a run broke, a line each. */
export function describeViolations({ violations }: Run): string {
  return violations
    .map(({ law, at, detail }) => `  ${law} at ${(at / 1_000).toFixed(3)} s: ${detail}`)
    .join("\n");
}
