import { expect, test } from "vitest";
import { createMeter } from "#local/stand-in/meter.ts";
import { createLambda, type LambdaContext, type LambdaFunction } from "../create-lambda.ts";

function make(functions: Record<string, LambdaFunction>, timeoutMs?: number) {
  const meter = createMeter();
  return {
    meter,
    ...createLambda({ functions, meter, ...(timeoutMs !== undefined && { timeoutMs }) }),
  };
}

test("event and result go through JSON, as between processes", async () => {
  const seen: unknown[] = [];
  const { invoke } = make({
    echo: async (event: unknown) => {
      seen.push(event);
      return { at: new Date(0), gone: undefined, list: [undefined] };
    },
  });
  const event = { when: new Date(0), nothing: undefined };
  expect(await invoke("echo", event)).toEqual({ at: "1970-01-01T00:00:00.000Z", list: [null] });
  expect(seen).toStrictEqual([{ when: "1970-01-01T00:00:00.000Z" }]);
});

test("a function cannot change its caller's event", async () => {
  const { invoke } = make({
    change: async (event: { count: number }) => {
      event.count += 1;
    },
  });
  const event = { count: 1 };
  expect(await invoke("change", event)).toBeNull();
  expect(event).toEqual({ count: 1 });
});

test("the context tells the function who it is and how long it has", async () => {
  let context: LambdaContext | undefined;
  const { invoke } = make({
    who: async (_event: unknown, given: LambdaContext) => void (context = given),
  });
  await invoke("who", {});
  const first = context?.awsRequestId;
  await invoke("who", {});
  expect(context).toMatchObject({ functionName: "who", memoryLimitInMB: "512" });
  expect(context?.awsRequestId).not.toBe(first);
  expect(context?.getRemainingTimeInMillis()).toBeGreaterThan(20_000);
  expect(context?.getRemainingTimeInMillis()).toBeLessThanOrEqual(30_000);
});

test("a function that takes too long fails", async () => {
  const { invoke } = make({ slow: () => new Promise(() => {}) }, 10);
  await expect(invoke("slow", {})).rejects.toThrow("Task timed out after 0.01 seconds");
});

test("a function's error reaches the caller and is counted as an invocation", async () => {
  const { invoke, meter } = make({
    broken: () => {
      throw new Error("broken");
    },
  });
  await expect(invoke("broken", {})).rejects.toThrow("broken");
  expect(meter.read()).toMatchObject({ "lambda.invocations": 1, "lambda.broken.invocations": 1 });
  expect(meter.read()["lambda.ms"]).toBeGreaterThan(0);
});

test("an unknown function is named with those that there are", async () => {
  const { invoke } = make({ one: async () => 1, two: async () => 2 });
  await expect(invoke("three", {})).rejects.toThrow('no function "three"; there are one, two');
  await expect(invoke("toString", {})).rejects.toThrow("no function");
});

test("events and results beyond 6 MB are refused", async () => {
  const large = "x".repeat(6 * 1024 * 1024);
  const { invoke } = make({ grow: async () => large });
  await expect(invoke("grow", large)).rejects.toThrow("event");
  await expect(invoke("grow", "small")).rejects.toThrow("result");
});
