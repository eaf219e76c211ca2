import { setTimeout as wait } from "node:timers/promises";
import type { Faults } from "./faults.ts";

/**
 * Runs one request under the fault rules. `undefined` means that the caller has to cut the
 * connection without an answer.
 */
export async function runWithFaults<Answer>(
  faults: Faults,
  request: { operation: string; body: string },
  run: { work(): Promise<Answer>; throttled(): Answer },
): Promise<Answer | undefined> {
  const delay = faults.take(request.operation, request.body, ["delay"]);
  if (delay) await wait(delay.delayMs ?? 0);
  const fault = faults.take(request.operation, request.body, ["refuse", "throttle", "drop-answer"]);
  if (fault?.kind === "refuse") return undefined;
  if (fault?.kind === "throttle") return run.throttled();
  const answer = await run.work();
  return fault?.kind === "drop-answer" ? undefined : answer;
}
