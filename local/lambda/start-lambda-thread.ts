import { Worker } from "node:worker_threads";
import type { LambdaFunction } from "./create-lambda.ts";
import { toPlainContext } from "./lambda-call.ts";
import type { LambdaAnswer, LambdaCall, ThreadFunction } from "./lambda-call.ts";

export type LambdaThread = AsyncDisposable & {
  /** For `createLambda`; each runs in the thread. */
  functions: Record<string, LambdaFunction>;
};

type Pending = Map<number, PromiseWithResolvers<unknown>>;

const workerFile = new URL("./lambda-worker.ts", import.meta.url);

/**
 * A thread that runs Lambda functions. It imports them at once and in the background; when a
 * function brings it down, running invocations fail and the next one gets a new thread.
 */
export function startLambdaThread(
  definitions: Record<string, ThreadFunction>,
  onError: (error: unknown) => void = () => {},
): LambdaThread {
  const pending: Pending = new Map();
  let calls = 0;
  let stopped = false;
  let thread: Worker | undefined = start();

  function start(): Worker {
    const worker = new Worker(workerFile, { workerData: definitions, env: {}, execArgv: [] });
    worker.on("message", (answer: LambdaAnswer) => settle(pending, answer));
    worker.on("error", onError);
    worker.on("exit", () => {
      if (thread === worker) thread = undefined;
      for (const call of pending.values()) call.reject(new Error("the Lambda thread ended"));
      pending.clear();
    });
    return worker;
  }

  function invoke(call: Omit<LambdaCall, "id">): Promise<unknown> {
    if (stopped) throw new Error("the Lambda thread is stopped");
    const id = (calls += 1);
    const answer = Promise.withResolvers<unknown>();
    pending.set(id, answer);
    thread ??= start();
    thread.postMessage({ ...call, id } satisfies LambdaCall, []);
    return answer.promise;
  }

  const toFunction =
    (name: string): LambdaFunction =>
    async (event, context) =>
      invoke({ name, event, context: toPlainContext(context) });
  return {
    functions: Object.fromEntries(Object.keys(definitions).map((name) => [name, toFunction(name)])),
    async [Symbol.asyncDispose]() {
      stopped = true;
      await thread?.terminate();
    },
  };
}

function settle(pending: Pending, answer: LambdaAnswer): void {
  const call = pending.get(answer.id);
  pending.delete(answer.id);
  if (answer.ok) call?.resolve(answer.json === undefined ? null : JSON.parse(answer.json));
  else call?.reject(Object.assign(new Error(answer.error.message), answer.error));
}
