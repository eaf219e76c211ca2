import { asMutant, mutants } from "./mutants/mutants.ts";
import { findingsOf } from "./report.ts";
import { runRow } from "./run-row.ts";

const attempts = 3;

/** Gives the mutants that went unnoticed. */
export async function runMutants(seed: number, log: (text: string) => void): Promise<string[]> {
  const unnoticed: string[] = [];
  for (const mutant of mutants) {
    let findings: string[] = [];
    for (let attempt = 0; attempt < attempts && findings.length === 0; attempt += 1) {
      for (const row of mutant.rows) {
        const options = { seed: seed + attempt, short: true, log: () => undefined };
        findings = findings.concat(
          findingsOf(await runRow(row, { ...options, ...asMutant(mutant) })),
        );
      }
    }
    log(`${mutant.name}: ${findings[0] ?? "UNNOTICED"}`);
    if (findings.length === 0) unnoticed.push(mutant.name);
  }
  return unnoticed;
}
