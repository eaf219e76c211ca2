// Runs in a thread of its own, so that the functions of each runtime have their own modules and
// their own environment. Started by start-lambda-thread.ts.
import { parentPort, workerData } from "node:worker_threads";
import type { LambdaFunction } from "./create-lambda.ts";
import { fromPlainContext } from "./lambda-call.ts";
import type { LambdaAnswer, LambdaCall, ThreadFunction } from "./lambda-call.ts";

const functions = workerData as Record<string, ThreadFunction>;

const handlers = new Map(
  Object.entries(functions).map(([name, { module }]) => {
    const handler = importHandler(module);
    // Whoever calls the function hears about it; the others work.
    handler.catch(() => {});
    return [name, handler];
  }),
);

async function importHandler(module: string): Promise<LambdaFunction> {
  const { handler } = (await import(module)) as { handler?: LambdaFunction };
  if (typeof handler === "function") return handler;
  throw new Error(`${module} must export a function named handler`);
}

async function run({ id, name, event, context }: LambdaCall): Promise<LambdaAnswer> {
  try {
    const handler = await handlers.get(name);
    if (!handler) throw new Error(`this thread has no function "${name}"`);
    // A function wires itself on its first call, before it first waits: it sees its own variables
    // alone, as it does on Lambda.
    process.env = { ...functions[name]?.environment };
    const result = await handler(event as never, fromPlainContext(context));
    return { id, ok: true, json: JSON.stringify(result) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const { name, message, stack } = error;
    return { id, ok: false, error: { name, message, stack } };
  }
}

parentPort?.on("message", (call: LambdaCall) => {
  void run(call).then((answer) => parentPort?.postMessage(answer, []));
});
