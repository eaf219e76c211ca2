// The bill of a deployment at rest, item by item off its template, and at work by measured figures.
import { idleBill, total } from "#infra/bill/idle-bill.ts";
import type { FixedLine } from "#infra/bill/idle-bill.ts";
import { runningBill, workersFor } from "#infra/bill/running-bill.ts";
import { sizes } from "#infra/bill/sizes.ts";
import { allResources, synthHosted } from "#infra/test/synth-fleet.ts";

export function run(): Promise<void> {
  const fixed = idleBill(allResources(synthHosted()));
  printIdle(fixed);
  printRunning(total(fixed, "paid"));
  return Promise.resolve();
}

function printIdle(lines: readonly FixedLine[]): void {
  console.log("\nat rest, dollars a month                    amount      list      paid");
  for (const { what, amount, unit, listed, paid } of lines) {
    const columns = [amount.toFixed(0), listed.toFixed(2), paid.toFixed(2)];
    const [count = "", ...dollars] = columns.map((text) => text.padStart(9));
    console.log(`  ${`${what} (${unit})`.padEnd(38)} ${count} ${dollars.join(" ")}`);
  }
  const sums = (["listed", "paid"] as const).map((column) => total(lines, column).toFixed(2));
  console.log(`  ${"together".padEnd(48)} ${sums.map((text) => text.padStart(9)).join(" ")}`);
}

function printRunning(atRest: number): void {
  for (const [sessions, { deployments, each }] of Object.entries(sizes)) {
    const { load, size } = each;
    const lines = [{ what: "what it costs at rest", dollars: atRest }, ...runningBill(load, size)];
    const sum = lines.reduce((all, { dollars }) => all + dollars, 0) * deployments;
    const many = deployments === 1 ? "" : `${deployments} deployments of `;
    console.log(
      `\n${sessions} sessions, ${(load.messages * deployments).toLocaleString("en")} messages a month: ${many}${workersFor(load, size)} workers`,
    );
    for (const { what, dollars } of lines) {
      console.log(`  ${what.padEnd(48)} ${(dollars * deployments).toFixed(2).padStart(11)}`);
    }
    console.log(`  ${"together, dollars a month".padEnd(48)} ${sum.toFixed(2).padStart(11)}`);
  }
}
