import type { Context } from "aws-lambda";

/** One function of a thread: its module, which exports `handler`, and the variables it gets. */
export type ThreadFunction = { module: string; environment: Record<string, string> };

/** Lambda's context without its functions, which cannot travel to a thread. */
export type PlainContext = Omit<
  Context,
  "getRemainingTimeInMillis" | "done" | "fail" | "succeed"
> & { remainingMs: number };

export type LambdaCall = { id: number; name: string; event: unknown; context: PlainContext };

/** The result as JSON, as Lambda hands it on. */
export type LambdaAnswer =
  | { id: number; ok: true; json: string | undefined }
  | { id: number; ok: false; error: { name: string; message: string; stack: string | undefined } };

export function toPlainContext(context: Context): PlainContext {
  return {
    callbackWaitsForEmptyEventLoop: context.callbackWaitsForEmptyEventLoop,
    functionName: context.functionName,
    functionVersion: context.functionVersion,
    invokedFunctionArn: context.invokedFunctionArn,
    memoryLimitInMB: context.memoryLimitInMB,
    awsRequestId: context.awsRequestId,
    logGroupName: context.logGroupName,
    logStreamName: context.logStreamName,
    remainingMs: context.getRemainingTimeInMillis(),
  };
}

export function fromPlainContext({ remainingMs, ...plain }: PlainContext): Context {
  const deadline = performance.now() + remainingMs;
  const noCallback = () => {
    throw new Error("Return a promise: the callback style is not supported");
  };
  return {
    ...plain,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    done: noCallback,
    fail: noCallback,
    succeed: noCallback,
  };
}
