import type { Workers } from "./workers.ts";

/**
 * Starts and stops runner processes until there are as many as ECS is asked for; one change at a
 * time, the newest first to go.
 */
export function keepWorkers(
  workers: Workers,
  onError: (error: unknown) => void,
): (count: number) => Promise<void> {
  let wanted = 0;
  let running: Promise<void> | undefined;

  async function adjust(): Promise<void> {
    for (let list = workers.list(); list.length !== wanted; list = workers.list()) {
      const newest = list.at(-1);
      if (list.length < wanted) await workers.start();
      else if (newest) await workers.stop(newest.id, "SIGTERM");
    }
  }

  return (count) => {
    wanted = count;
    running ??= adjust()
      .catch(onError)
      .finally(() => (running = undefined));
    return running;
  };
}
