import type { Workers } from "./workers.ts";

/**
 * Starts and stops runner processes until there are as many as ECS is asked for; one change at a
 * time, the newest first to go.
 */
export function keepWorkers(
  workers: Pick<Workers, "list" | "start" | "stop">,
  onError: (error: unknown) => void,
): (count: number) => Promise<void> {
  let wanted = 0;
  let isAdjusting = false;
  let adjusting = Promise.resolve();

  async function adjust(): Promise<void> {
    try {
      for (let list = workers.list(); list.length !== wanted; list = workers.list()) {
        const newest = list.at(-1);
        if (list.length < wanted) await workers.start();
        else if (newest) await workers.stop(newest.id, "SIGTERM");
      }
    } catch (error) {
      onError(error);
    } finally {
      // In the turn of the last look: a count that comes after it would be seen by nobody.
      isAdjusting = false;
    }
  }

  return (count) => {
    wanted = count;
    if (!isAdjusting) {
      isAdjusting = true;
      adjusting = adjust();
    }
    return adjusting;
  };
}
