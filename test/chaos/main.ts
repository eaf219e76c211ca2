// `npm run chaos`: real runner processes, real Baileys, a simulated WhatsApp, local stores; things
// break as the matrix says, and every law must hold. Exit code 1 when one did not.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { findingsOf, toReport } from "./report.ts";
import type { Reported } from "./report.ts";
import { rows } from "./rows/rows.ts";
import { runMutants } from "./run-mutants.ts";
import { runRow } from "./run-row.ts";

const usage = "npm run chaos -- [--only 1,5] [--seed N] [--short] [--mutants]";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seed: { type: "string" },
    short: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
  },
});

function numbersOrExit(): number[] {
  const wanted = values.only?.split(",").map(Number) ?? Object.keys(rows).map(Number);
  if (wanted.every((number) => rows[number])) return wanted;
  console.error(`There are rows ${Object.keys(rows).join(", ")}.\n${usage}`);
  process.exit(2);
}

const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
const { short } = values;
console.log(`seed ${seed}: npm run chaos -- --seed ${seed}${short ? " --short" : ""}`);

if (values.mutants) {
  const unnoticed = await runMutants(seed, console.log);
  console.log(
    unnoticed.length === 0 ? "every mutant was noticed" : `unnoticed: ${unnoticed.join()}`,
  );
  process.exit(unnoticed.length === 0 ? 0 : 1);
}

const reported: Reported[] = [];
for (const number of numbersOrExit()) {
  console.log(`row ${number}: ${rows[number]?.title}`);
  reported.push(await runRow(number, { seed, short, log: console.log }));
}
console.log(`\n${toReport(reported, seed)}`);
process.exit(reported.some((one) => findingsOf(one).length > 0) ? 1 : 0);
