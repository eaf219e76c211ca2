import { setTimeout as sleep } from "node:timers/promises";

/** Resolves with whether the condition came true in time. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

/** @throws when the condition does not come true in time */
export async function mustBecome(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  if (await waitUntil(condition, timeoutMs)) return;
  throw new Error(`${what}: not so after ${timeoutMs} ms`);
}
