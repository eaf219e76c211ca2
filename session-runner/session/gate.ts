import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

/**
 * Lets so many do something at a time, and so many begin it in a second, in the order of asking. In
 * one turn of the event loop one begins: while there is more to do than time, turns stay as short as
 * the work of one is long, and whoever else is served here waits no longer.
 */
export type Gate = {
  /** Resolves when the caller may begin, with what it calls when it is done, as often as it likes. */
  enter(): Promise<() => void>;
};

export type GateLimits = {
  atOnce: number;
  perSecond: number;
  /** Milliseconds after which one that is not done keeps nobody else waiting. */
  patienceMs: number;
};

export function createGate(limits: GateLimits, random: () => number): Gate {
  const spacingMs = 1_000 / limits.perSecond;
  const waiting: (() => void)[] = [];
  let inside = 0;
  let nextAt = 0;
  let turn = Promise.resolve();

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
  }

  return {
    async enter() {
      if (inside < limits.atOnce) inside += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      turn = turn.then(() => nextTurn());
      await turn;
      const now = performance.now();
      const at = Math.max(now, nextAt);
      nextAt = at + spacingMs;
      // A little jitter, so that many workers of one start are not in step.
      const waitMs = at - now + (at > now ? random() * spacingMs : 0);
      if (waitMs >= 1) await sleep(waitMs);
      let left = false;
      const leaveOnce = () => {
        clearTimeout(timer);
        if (!left) leave();
        left = true;
      };
      const timer = setTimeout(leaveOnce, limits.patienceMs);
      return leaveOnce;
    },
  };
}
