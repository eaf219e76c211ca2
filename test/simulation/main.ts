// npm run simulate -- --seeds 10000   so many seeds, on every core
// npm run simulate -- --seed 17       one seed, with its trace
// npm run simulate -- --mutants       each protection removed: the checks must notice
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { catchMutant } from "./catch-mutant.ts";
import { mutants } from "./mutant.ts";
import type { Mutant } from "./mutant.ts";
import { describeViolations, replayCommand } from "./print-run.ts";
import { realNow } from "./real-timers.ts";
import { runSeed } from "./run-seed.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    mutant: { type: "string" },
    mutants: { type: "boolean", default: false },
    /** For the processes that share the seeds: the last one, and the step from one to the next. */
    last: { type: "string" },
    every: { type: "string", default: "1" },
  },
});

/** What one process found in its part of the seeds. */
type Part = { runs: number; failed: number[]; messages: number; stragglers: number; steps: number };

function requireMutant(name: string | undefined): Mutant | undefined {
  const mutant = mutants.find((known) => known === name);
  if (name !== undefined && !mutant) throw new Error(`mutants are ${mutants.join(", ")}`);
  return mutant;
}

async function replay(seed: number, mutant: Mutant | undefined): Promise<boolean> {
  const run = await runSeed(seed, { traced: true, ...(mutant ? { mutant } : {}) });
  console.log(run.trace.join("\n"));
  console.log(`\nseed ${seed}: ${run.steps} steps, ${run.messages} messages accepted`);
  if (run.violations.length > 0) console.log(describeViolations(run));
  return run.violations.length === 0;
}

async function catchAll(): Promise<boolean> {
  let all = true;
  for (const mutant of mutants) {
    const caught = await catchMutant(mutant);
    all &&= caught !== undefined;
    if (!caught) console.log(`without ${mutant}: NOT CAUGHT`);
    else {
      const laws = new Set(caught.run.violations.map(({ law }) => law));
      const command = replayCommand(caught.seed, mutant);
      console.log(`without ${mutant}: caught (${[...laws].join(", ")})  ${command}`);
    }
  }
  return all;
}

/** Every so manieth seed, so that the processes share them evenly. */
async function runPart(from: number, upTo: number, every: number): Promise<Part> {
  const part: Part = { runs: 0, failed: [], messages: 0, stragglers: 0, steps: 0 };
  for (let seed = from; seed <= upTo; seed += every) {
    const run = await runSeed(seed);
    part.runs += 1;
    part.messages += run.messages;
    part.stragglers += run.stragglers;
    part.steps += run.steps;
    if (run.violations.length === 0) continue;
    part.failed.push(seed);
    console.log(`seed ${seed} FAILED, replay: ${replayCommand(seed)}`);
    console.log(describeViolations(run));
  }
  return part;
}

async function runAll(from: number, count: number): Promise<boolean> {
  const startedAt = realNow();
  const every = Math.min(availableParallelism(), count);
  const parts = await Promise.all(
    Array.from({ length: every }, async (_, offset) => {
      const last = from + count - 1;
      const options = ["--from", `${from + offset}`, "--last", `${last}`, "--every", `${every}`];
      const child = fork(import.meta.filename, options);
      const [part] = (await Promise.race([
        once(child, "message"),
        once(child, "exit").then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
      ])) as [Part];
      return part;
    }),
  );
  const sum = (pick: (part: Part) => number) =>
    parts.reduce((total, part) => total + pick(part), 0);
  const seconds = (realNow() - startedAt) / 1_000;
  const failed = parts.flatMap((part) => part.failed).sort((a, b) => a - b);
  const runs = sum((part) => part.runs);
  console.log(
    `${runs} seeds in ${seconds.toFixed(0)} s (${(runs / seconds).toFixed(1)} a second), ` +
      `${sum((part) => part.messages)} messages, ${sum((part) => part.steps)} steps, ` +
      `${sum((part) => part.stragglers)} late events of former owners; failed: ` +
      (failed.join(", ") || "none"),
  );
  return failed.length === 0;
}

async function main(): Promise<boolean> {
  const mutant = requireMutant(values.mutant);
  if (values.seed !== undefined) return replay(Number(values.seed), mutant);
  if (values.mutants) return catchAll();
  const from = Number(values.from);
  if (values.last === undefined) return runAll(from, Number(values.seeds));
  const part = await runPart(from, Number(values.last), Number(values.every));
  await new Promise<void>((resolve) => process.send?.(part, () => resolve()));
  return true;
}

const green = await main();
process.exit(green ? 0 : 1);
