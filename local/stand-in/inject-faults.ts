import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "./faults.ts";

/** What to do instead of the operation; `undefined` means: go on. Delays have then already passed. */
export async function faultBefore(
  faults: Faults,
  operation: string,
  body: string,
): Promise<"throttle" | "refuse" | undefined> {
  const rule = faults.take(operation, body, ["throttle", "refuse", "delay"]);
  if (rule?.kind !== "delay") return rule?.kind as "throttle" | "refuse" | undefined;
  await sleep(rule.delayMs ?? 0);
  const next = faults.take(operation, body, ["throttle", "refuse"]);
  return next?.kind as "throttle" | "refuse" | undefined;
}

/** Whether the work that was just done must stay unanswered. */
export function faultAfter(faults: Faults, operation: string, body: string): boolean {
  return faults.take(operation, body, ["drop-answer"]) !== undefined;
}
