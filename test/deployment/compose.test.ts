import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { buildConsole } from "#local/console/build-console.ts";
import { anyPorts } from "#local/start/test/start-system.ts";
import { readDockerfile } from "./read-dockerfile.ts";

type Service = {
  build: { context: string; dockerfile: string };
  command: string[];
  volumes: string[];
  network_mode: string;
};

const root = join(import.meta.dirname, "../..");
const { services, volumes } = parse(readFileSync(join(root, "compose.yaml"), "utf8")) as {
  services: Record<string, Service>;
  volumes: object;
};
const service = services["wafleet"];
const image = readDockerfile(join(root, service?.build.dockerfile ?? ""));

test("the server's state is in a volume, and nobody but its own host can reach it", () => {
  expect(Object.keys(volumes)).toEqual(["data"]);
  expect(service?.volumes).toEqual(["data:/data"]);
  expect(service?.command.slice(0, 2)).toEqual(["--data", "/data"]);
  expect(service?.network_mode).toBe("host");
});

test("what the image holds starts from an empty folder as the whole system", async () => {
  const app = mkdtempSync(join(tmpdir(), "wafleet-compose-"));
  onTestFinished(() => rmSync(app, { recursive: true, force: true }));
  for (const name of image.copies) {
    const filter = (path: string) => !/\/test$|\.test\.ts$/.test(path);
    cpSync(join(root, name), join(app, name), { recursive: true, filter });
  }
  const console = await buildConsole();
  cpSync(console, join(app, "console/dist", basename(console)), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(app, "node_modules"));
  const [, script = ""] = image.command;
  const settings = (service?.command ?? []).map((word) =>
    word.replace("/data", join(app, "data")).replace(/^\$\{\w+:-(.*)\}$/, "$1"),
  );
  const child = spawn(process.execPath, [script, ...settings, ...anyPorts], {
    cwd: app,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    const closed = once(child, "close");
    child.kill("SIGTERM");
    await closed;
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.includes("Ctrl-C ends everything")) break;
  }
  const urlOf = (what: string) => lines.find((line) => line.startsWith(what))?.split(/\s+/)[1];
  const apiUrl = urlOf("API");
  const page = await fetch(urlOf("console") ?? "");
  expect(page.status).toBe(200);
  const answer = await fetch(`${apiUrl}/v1/health`);
  expect(await answer.json()).toMatchObject({ status: "ok" });
});
