import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";

const run = (...options: string[]): { child: ChildProcess; output: () => string } => {
  const child = spawn(process.execPath, ["simulator/main.ts", ...options]);
  onTestFinished(() => void child.kill("SIGKILL"));
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

test("asked for help it says what it can be given", async () => {
  const { child, output } = run("--help");
  expect(await once(child, "exit")).toEqual([0, null]);
  for (const option of ["--port", "--data", "--tls", "--ca"]) expect(output()).toContain(option);
});

test("a port that is taken is named, with what to do", async () => {
  await using taken = await startSimulator();
  const { child, output } = run("--port", new URL(taken.controlUrl).port);
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(output()).toContain("is taken: stop what listens there");
});

test("with TLS its certificate goes to a file that other programs can trust", async () => {
  const dir = await mkdtemp(join(tmpdir(), "simulator-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const { child, output } = run("--port", "0", "--tls", "--ca", join(dir, "ca.pem"));
  await expect.poll(output, { timeout: 20_000 }).toContain("state");
  const control = /https:\S+/.exec(output())?.[0] ?? "";
  const request = get(`${control}/phones`, { ca: await readFile(join(dir, "ca.pem")) });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  response.destroy();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each([
  [["--port", "seventy"], "--port takes a whole number from 0 to 65535"],
  [["--qr-seconds", "0"], "--qr-seconds takes a whole number from 1"],
  [["--data", ""], "--data needs a path"],
  [["--prot", "1"], "--prot"],
])("wrong arguments %j are explained", async (options, message) => {
  const { child, output } = run(...options);
  expect(await once(child, "exit")).toEqual([2, null]);
  expect(output()).toContain(message);
  expect(output()).toContain("usage:");
});

test("a server that is killed at once has everything that it acknowledged when it is back", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "simulator-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const start = async (): Promise<{ child: ChildProcess; control: string }> => {
    const { child, output } = run("--port", "0", "--data", dataDir);
    await expect.poll(output, { timeout: 20_000 }).toContain("root key");
    return { child, control: /http:\S+/.exec(output())?.[0] ?? "" };
  };
  const call = async (url: string, body?: object): Promise<unknown> => {
    const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
    return (await fetch(url, init)).json();
  };
  const first = await start();
  await call(`${first.control}/phones`, { phone: "4915550001" });
  await call(`${first.control}/phones`, { phone: "4915550002" });
  await call(`${first.control}/phones/4915550002/offline`, {});
  const message = { to: "4915550002", text: "before the kill" };
  await call(`${first.control}/phones/4915550001/messages`, message);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const second = await start();
  const received = `${second.control}/phones/4915550002/messages`;
  await expect.poll(() => call(received)).toMatchObject([{ text: "before the kill" }]);
  const next = { to: "4915550002", text: "after the kill" };
  await call(`${second.control}/phones/4915550001/messages`, next);
  await expect.poll(() => call(received)).toMatchObject([{}, { text: "after the kill" }]);
  second.child.kill("SIGTERM");
  await once(second.child, "exit");
});
