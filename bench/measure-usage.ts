import { setTimeout as sleep } from "node:timers/promises";
import type { Runtime } from "#local/runtime/runtime.ts";
import type { Usage } from "./prices.ts";

/** Until nothing is under way any more: two looks a second apart that are the same but for polls. */
export async function settle({ meter }: Runtime): Promise<void> {
  for (let before = -1; ;) {
    const now = meter.read()["dynamodb.PutItem"] ?? 0;
    if (now - before <= 1) return;
    before = now;
    await sleep(1_500);
  }
}

/** What AWS would count of some work. */
export async function measure({ meter }: Runtime, work: () => Promise<void>): Promise<Usage> {
  const before = meter.read();
  await work();
  await sleep(500);
  return Object.fromEntries(
    Object.entries(meter.read()).map(([name, amount]) => [name, amount - (before[name] ?? 0)]),
  );
}
