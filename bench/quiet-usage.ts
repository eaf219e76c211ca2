import { setTimeout as sleep } from "node:timers/promises";

const everyMs = 200;
/** A process that only waits, with its heartbeats and keep-alives, uses less. */
const idleShare = 0.05;
const longestMs = 5_000;

/**
 * CPU seconds that a process has used once it rests. Receipts and finished commands come after the
 * last message: so they count as what they belong to, and nobody works in another's turn.
 */
export async function quietUsage(usage: () => Promise<number>): Promise<number> {
  const deadline = performance.now() + longestMs;
  let used = await usage();
  while (performance.now() < deadline) {
    const before = used;
    await sleep(everyMs);
    used = await usage();
    if ((used - before) * 1_000 < everyMs * idleShare) break;
  }
  return used;
}
