import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { isAlive } from "#local/runtime/test/is-alive.ts";
import { readRuntimeFile } from "../runtime-file.ts";
import { anyPorts, runAsNpm, runCommand, startSystem } from "./start-system.ts";

function childrenOf(pid: number): number[] {
  const all = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return all
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child as number);
}

async function data(): Promise<string> {
  return join(await temporaryFolder(), "data");
}

test("it says where everything listens, and Ctrl-C ends every process", async () => {
  const folder = await data();
  const system = await startSystem(folder);
  const { apiUrl, consoleUrl, controlUrl, pid } = readRuntimeFile(folder);
  expect(pid).toBe(system.pid);
  expect(system.output()).toContain(apiUrl);
  expect((await fetch(`${apiUrl}/v1/health`)).status).toBe(200);
  expect((await fetch(`${controlUrl}/control/phones`)).status).toBe(200);
  expect(await (await fetch(consoleUrl)).text()).toContain("<title>Wafleet</title>");
  const children = childrenOf(system.pid);
  expect(children).toHaveLength(2);
  system.kill("SIGINT");
  expect(await system.ended).toBe(0);
  expect(children.map(isAlive)).toEqual([false, false]);
  expect(existsSync(join(folder, "runtime.json"))).toBe(false);
});

test("a second Ctrl-C ends everything at once, even a runner that does not answer", async () => {
  const system = await startSystem(await data());
  const children = childrenOf(system.pid);
  for (const child of children) process.kill(child, "SIGSTOP");
  system.kill("SIGINT");
  await system.shows("Ctrl-C again ends at once");
  system.kill("SIGINT");
  expect(await system.ended).toBe(130);
  await expect.poll(() => children.filter(isAlive), { timeout: 20_000 }).toEqual([]);
});

test("a second start on the same folder is refused until the first is gone, even killed", async () => {
  const folder = await data();
  const first = await startSystem(folder);
  const children = childrenOf(first.pid);
  const second = runCommand("main", ["--data", folder, ...anyPorts]);
  expect(await second.ended).toBe(2);
  expect(second.output()).toContain(`is in use by process ${first.pid}`);
  first.kill("SIGKILL");
  expect(await first.ended).toBeNull();
  await expect.poll(() => children.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  await startSystem(folder, ["--workers", "0"]);
});

test("it ends when the npm that ran it was told to end", async () => {
  const folder = await data();
  const npm = runAsNpm("main", ["--data", folder, ...anyPorts, "--workers", "0"]);
  await npm.shows("Ctrl-C ends everything");
  const { pid } = readRuntimeFile(folder);
  npm.kill("SIGTERM");
  await npm.shows("Ending");
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  expect(existsSync(join(folder, "runtime.json"))).toBe(false);
});

test("a port in use is named with its flag", async () => {
  const first = await startSystem(await data(), ["--workers", "0"]);
  const places = first.output().matchAll(/^(console|API|WebSocket|simulator) .*:(\d+)/gm);
  const ports = Object.fromEntries(Array.from(places, ([, what, port]) => [what, port]));
  for (const [flag, port] of [
    ["--port", ports["API"]],
    ["--socket-port", ports["WebSocket"]],
    ["--console-port", ports["console"]],
    ["--simulator-port", ports["simulator"]],
  ]) {
    const second = runCommand("main", ["--data", await data(), ...anyPorts, `${flag}=${port}`]);
    expect(await second.ended).toBe(2);
    expect(second.output()).toContain(`Port ${port} is in use: choose another one with ${flag}`);
  }
});

test("a wrong flag ends it at once, with the form it must have", async () => {
  const command = runCommand("main", ["--workers", "many"]);
  expect(await command.ended).toBe(2);
  expect(command.output()).toContain("--workers must be auto or a whole number from 0 to 16");
});
