import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { answerHealth } from "../health.ts";

const script = fileURLToPath(new URL("../health-check.ts", import.meta.url));

async function check(name: string): Promise<unknown> {
  const env = { WAFLEET_HEALTH_SOCKET: name };
  const child = spawn(process.execPath, [script], { env, stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

test("the health check tells a worker that works from one that does not, and from none", async () => {
  const name = `@wafleet-test-${randomBytes(6).toString("hex")}`;
  expect(await check(name)).toBe(1);
  let beats = true;
  const server = answerHealth(name, () => beats);
  onTestFinished(() => void server.close());
  await once(server, "listening");
  expect(await check(name)).toBe(0);
  beats = false;
  expect(await check(name)).toBe(1);
});
