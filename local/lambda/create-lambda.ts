import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { Meter } from "#local/stand-in/meter.ts";
import { throughJson } from "./through-json.ts";

export type LambdaContext = Context;

/** Each function knows its own event: `never` lets one record hold them all. */
export type LambdaFunction = (event: never, context: LambdaContext) => Promise<unknown>;

export type LambdaOptions = {
  functions: Record<string, LambdaFunction>;
  meter: Meter;
  /** After how long an invocation fails; 30 s by default. */
  timeoutMs?: number;
};

export type LocalLambda = {
  /** Runs a function; rejects with its error, or when it takes too long. */
  invoke: (name: string, event: unknown) => Promise<unknown>;
};

const maxPayloadBytes = 6 * 1024 * 1024;
const memoryLimitInMB = "512";

/** Functions of this process, called as Lambda calls them: by name, with JSON in and out. */
export function createLambda({ functions, meter, timeoutMs = 30_000 }: LambdaOptions): LocalLambda {
  return {
    invoke: async (name, event) => {
      const handler = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!handler) {
        const known = Object.keys(functions).join(", ");
        throw new Error(`There is no function "${name}"; there are ${known}`);
      }
      const payload = limited(throughJson(event), "event");
      meter.add("lambda.invocations");
      meter.add(`lambda.${name}.invocations`);
      const startedAt = performance.now();
      try {
        const context = createContext(name, startedAt + timeoutMs);
        // A function that throws before its first await rejects like any other.
        const run = (async () => handler(payload as never, context))();
        return limited(throughJson(await within(run, timeoutMs)), "result");
      } finally {
        meter.add("lambda.ms", Math.ceil(performance.now() - startedAt));
      }
    },
  };
}

/** Fails like Lambda when time is up. What the function still does then goes on unwatched. */
async function within(run: Promise<unknown>, timeoutMs: number): Promise<unknown> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    timeout.reject(new Error(`Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`));
  }, timeoutMs);
  try {
    return await Promise.race([run, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function limited(payload: unknown, what: string): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes <= maxPayloadBytes) return payload;
  throw new Error(
    `The ${what} of the function has ${bytes} bytes; Lambda allows ${maxPayloadBytes}`,
  );
}

function createContext(name: string, deadline: number): LambdaContext {
  const noCallback = () => {
    throw new Error("Return a promise: the callback style is not supported");
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB,
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `local/[$LATEST]${randomUUID()}`,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    done: noCallback,
    fail: noCallback,
    succeed: noCallback,
  };
}
