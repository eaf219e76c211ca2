/** How often the local schedule looks; deployed it is minutes, which nobody wants to watch. */
const intervalMs = 5_000;

/** Invokes the scheduled Lambda again and again, one at a time. */
export function startSchedules(
  invoke: (lambda: "schedule", event: unknown) => Promise<unknown>,
  onError: (error: unknown) => void,
): AsyncDisposable {
  let running: Promise<unknown> = Promise.resolve();
  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    running = invoke("schedule", { source: "aws.scheduler" })
      .catch(onError)
      .finally(() => (idle = true));
  }, intervalMs);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}
