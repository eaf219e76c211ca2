import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";

const readBlock = async (language: string): Promise<string> => {
  const text = await readFile(new URL("../../docs/simulator.md", import.meta.url), "utf8");
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(text)?.[1];
  if (block === undefined) throw new Error(`docs/simulator.md has no ${language} program`);
  return block;
};

/** Runs a program as if it lay in the project's folder. */
const run = async (program: string, inputType: string): Promise<string> => {
  const child = spawn(process.execPath, [`--input-type=${inputType}`, "-"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stdin.end(program);
  const [code] = (await once(child, "exit")) as [number | null];
  return code === 0 ? "" : output;
};

test("the Baileys program of the documentation runs as it is printed there", async () => {
  await using simulator = await startSimulator();
  const program = (await readBlock("js")).replace("http://127.0.0.1:4700", simulator.controlUrl);
  expect(await run(program, "module")).toBe("");
  const grace = simulator.phones().find(({ name }) => name === "Grace");
  await grace?.waitForMessage({ text: "Hello Grace" });
}, 60_000);

test("the program that has its own simulator runs as it is printed there", async () => {
  expect(await run(await readBlock("ts"), "module-typescript")).toBe("");
}, 60_000);
