import { setTimeout as sleep } from "node:timers/promises";

/** WhatsApp logins that one worker starts in a second, so that a restart is no storm. */
export const loginsPerSecond = 150;

/** Spaces logins out; each caller waits for its turn plus a little jitter. */
export function createLoginGate(perSecond: number, random: () => number): () => Promise<void> {
  const spacingMs = 1_000 / perSecond;
  let nextAt = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, nextAt);
    nextAt = at + spacingMs;
    const waitMs = at - now + (at > now ? random() * spacingMs : 0);
    if (waitMs >= 1) await sleep(waitMs);
  };
}
