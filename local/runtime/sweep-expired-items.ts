import type { LocalDynamodb } from "#local/dynamodb/start-dynamodb.ts";

const everyMs = 10 * 60_000;

/** Deletes expired items now and then, as DynamoDB does by itself. */
export function sweepExpiredItems(
  dynamodb: Pick<LocalDynamodb, "sweepExpired">,
  log: (source: string, line: string) => void,
  now: () => number = Date.now,
): AsyncDisposable {
  let sweeping: Promise<unknown> = Promise.resolve();
  const sweep = () => {
    sweeping = sweeping
      .then(() => dynamodb.sweepExpired(now()))
      .catch((error: unknown) => log("dynamodb", `expired items stayed: ${String(error)}`));
  };
  sweep();
  const timer = setInterval(sweep, everyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
