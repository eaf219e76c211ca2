import type { Comparison } from "./fleet-compare.ts";

const columns = ["", "Wafleet", "plain", "ratio", "budget"];

/** One line for the rate and one for the CPU of each; the budget is the ratio that was asked for. */
export function printComparison(comparisons: Comparison[]): void {
  printLine(columns);
  for (const { what, rounds, ours, plain, rates, cpu, budget } of comparisons) {
    console.log(`${what}, ${rounds} rounds`);
    const asked = budget.ours / budget.plain;
    const perSecond = [ours.perSecond.toFixed(0), plain.perSecond.toFixed(0)];
    const cpuMs = [ours.cpuMs.toFixed(2), plain.cpuMs.toFixed(2)];
    printLine(["  messages a second", ...perSecond, rates.toFixed(2), asked.toFixed(2)]);
    printLine(["  CPU of the process, ms each", ...cpuMs, cpu.toFixed(2), (1 / asked).toFixed(2)]);
  }
}

function printLine([what = "", ...figures]: string[]): void {
  console.log(what.padEnd(32) + figures.map((figure) => figure.padStart(10)).join(""));
}
