import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

const run = (...options: string[]): { child: ChildProcess; output: () => string } => {
  const child = spawn(process.execPath, ["simulator/main.ts", ...options]);
  let text = "";
  const collect = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  return { child, output: () => text };
};

test("started from a shell it says where it listens and ends cleanly when asked to", async () => {
  const { child, output } = run("--port", "0");
  await expect.poll(output, { timeout: 20_000 }).toContain("root key");
  const control = /http:\S+/.exec(output())?.[0] ?? "";
  expect(await (await fetch(`${control}/phones`)).json()).toEqual([]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each([
  [["--port", "seventy"], "not a port"],
  [["--prot", "1"], "--prot"],
])("wrong arguments %j are explained", async (options, message) => {
  const { child, output } = run(...options);
  expect(await once(child, "exit")).toEqual([2, null]);
  expect(output()).toContain(message);
  expect(output()).toContain("usage:");
});
