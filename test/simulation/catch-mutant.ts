import type { Mutant } from "./mutant.ts";
import { mutantSeedLimit } from "./mutant.ts";
import { runSeed } from "./run-seed.ts";
import type { Run } from "./run-seed.ts";

/** The first seed whose run only the mutant breaks; undefined when the checks let it live. */
export async function catchMutant(mutant: Mutant): Promise<{ seed: number; run: Run } | undefined> {
  for (let seed = 1; seed <= mutantSeedLimit; seed += 1) {
    const run = await runSeed(seed, { mutant });
    if (run.violations.length === 0) continue;
    const whole = await runSeed(seed);
    if (whole.violations.length === 0) return { seed, run };
  }
  return undefined;
}
