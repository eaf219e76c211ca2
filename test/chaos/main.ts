// `npm run chaos`: real runner processes, real Baileys, a simulated WhatsApp, local stores; things
// break as the matrix says, and every law must hold. Exit code 1 when one did not.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import pMap from "p-map";
import { findingsOf, toReport } from "./report.ts";
import type { Reported } from "./report.ts";
import { rows } from "./rows/rows.ts";
import { runMutants } from "./run-mutants.ts";
import { runApart } from "./run-apart.ts";
import { runRow } from "./run-row.ts";

/** Rows that run beside each other: most of their time they wait for something to time out. */
const lanes = 3;

const usage = "npm run chaos -- [--only 1,5] [--seed N] [--short] [--mutants]";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seed: { type: "string" },
    short: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
    /** For the processes of the rows: one of them, told to the parent. */
    part: { type: "boolean", default: false },
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
if (!values.part)
  console.log(`seed ${seed}: npm run chaos -- --seed ${seed}${short ? " --short" : ""}`);

if (values.mutants) {
  const unnoticed = await runMutants(seed, console.log);
  console.log(
    unnoticed.length === 0 ? "every mutant was noticed" : `unnoticed: ${unnoticed.join()}`,
  );
  process.exit(unnoticed.length === 0 ? 0 : 1);
}

const options = { seed, short, log: console.log };

function run(number: number): Promise<Reported> {
  console.log(`row ${number}: ${rows[number]?.title}`);
  return runApart(number, options);
}

if (values.part) {
  process.once("disconnect", () => process.exit(1));
  const [number = 0] = numbersOrExit();
  const reported = await runRow(number, options);
  process.send?.(reported, () => process.exit(0));
} else {
  const startedAt = performance.now();
  const [alone, together] = partition(numbersOrExit(), (number) => rows[number]?.alone ?? false);
  const reported = [
    ...(await pMap(together, run, { concurrency: lanes })),
    ...(await pMap(alone, run, { concurrency: 1 })),
  ].toSorted((a, b) => a.number - b.number);
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`\n${toReport(reported, { seed, seconds })}`);
  process.exit(reported.some((one) => findingsOf(one).length > 0) ? 1 : 0);
}

function partition(numbers: number[], isFirst: (number: number) => boolean): [number[], number[]] {
  return [numbers.filter(isFirst), numbers.filter((number) => !isFirst(number))];
}
