import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createMeter } from "#local/stand-in/meter.ts";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { createLambda } from "../create-lambda.ts";
import { startLambdaThread } from "../start-lambda-thread.ts";

type Source = { code: string; environment?: Record<string, string> };

/** Functions by name, each with the code of its module. */
async function start(sources: Record<string, Source>) {
  const folder = await temporaryFolder();
  const definitions: Parameters<typeof startLambdaThread>[0] = {};
  for (const [name, { code, environment = {} }] of Object.entries(sources)) {
    const file = join(folder, `${name}.ts`);
    await writeFile(file, code);
    definitions[name] = { module: pathToFileURL(file).href, environment };
  }
  const errors: unknown[] = [];
  const thread = startLambdaThread(definitions, (error) => errors.push(error));
  onTestFinished(() => thread[Symbol.asyncDispose]());
  return { ...createLambda({ functions: thread.functions, meter: createMeter() }), errors };
}

const variables = {
  code: "export const handler = async () => ({ ...process.env });",
};

test("a function sees its own variables and no others", async () => {
  const { invoke } = await start({
    first: { ...variables, environment: { WHO: "first", FIRST: "1" } },
    second: { ...variables, environment: { WHO: "second" } },
  });
  const seen = await Promise.all([invoke("first", {}), invoke("second", {}), invoke("first", {})]);
  expect(seen).toEqual([
    { WHO: "first", FIRST: "1" },
    { WHO: "second" },
    { WHO: "first", FIRST: "1" },
  ]);
});

test("events and results travel as JSON, and the context tells the name and the time left", async () => {
  const { invoke } = await start({
    echo: {
      code: `export const handler = async (event, context) => ({
        event, at: new Date(0), gone: undefined, name: context.functionName,
        hasTime: context.getRemainingTimeInMillis() > 1_000 });`,
    },
  });
  expect(await invoke("echo", { a: 1, b: undefined })).toEqual({
    event: { a: 1 },
    at: "1970-01-01T00:00:00.000Z",
    name: "echo",
    hasTime: true,
  });
});

test("a function that throws fails its invocation alone, with its error", async () => {
  const { invoke } = await start({
    moody: {
      code: `export const handler = async ({ fail }) => {
        if (fail) throw new RangeError("not today");
        return "fine"; };`,
    },
  });
  const failed = invoke("moody", { fail: true });
  const worked = invoke("moody", { fail: false });
  await expect(failed).rejects.toMatchObject({ name: "RangeError", message: "not today" });
  expect(await worked).toBe("fine");
});

test("a function that brings its thread down is told of, and the next invocation works", async () => {
  const { invoke, errors } = await start({
    wild: {
      code: `export const handler = ({ crash }) => new Promise((resolve) => {
        if (crash) setImmediate(() => { throw new Error("out of nowhere"); });
        else resolve("fine"); });`,
    },
  });
  await expect(invoke("wild", { crash: true })).rejects.toThrow("the Lambda thread ended");
  expect(errors).toMatchObject([{ message: "out of nowhere" }]);
  expect(await invoke("wild", { crash: false })).toBe("fine");
});

test("a module without a handler is named, and the other functions work", async () => {
  const { invoke } = await start({ empty: { code: "export {};" }, variables });
  await expect(invoke("empty", {})).rejects.toThrow(
    /empty\.ts must export a function named handler/,
  );
  expect(await invoke("variables", {})).toEqual({});
});
