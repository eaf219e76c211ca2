// The trace of the command that the present work is for, as X-Ray writes it: what the runner passes
// on with an event, so that both queues are on one map.
import { AsyncLocalStorage } from "node:async_hooks";

const storage = new AsyncLocalStorage<string>();

export function withTrace<Result>(trace: string | undefined, work: () => Result): Result {
  return trace === undefined ? work() : storage.run(trace, work);
}

export function currentTrace(): string | undefined {
  return storage.getStore();
}
