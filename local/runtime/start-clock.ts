import { schedules } from "#shared/resources/schedules.ts";

type ClockDeps = {
  invoke: (lambda: string, event: unknown) => Promise<unknown>;
  onError: (error: unknown) => void;
};

const minuteMs = 60_000;

/** Calls Lambdas by the clock as the schedule table says; ends when running calls are done. */
export function startClock({ invoke, onError }: ClockDeps): AsyncDisposable {
  const running = new Set<Promise<void>>();
  const call = (lambda: string, schedule: string) => {
    const run = invoke(lambda, { schedule })
      .then(() => undefined, onError)
      .finally(() => running.delete(run));
    running.add(run);
  };
  const timers = Object.entries(schedules).map(([name, { lambda, everyMinutes }]) =>
    setInterval(call, everyMinutes * minuteMs, lambda, name).unref(),
  );
  return {
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
