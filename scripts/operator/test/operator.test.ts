import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { startRuntime } from "#local/runtime/start-runtime.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import { writeRuntimeFile } from "#local/start/runtime-file.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const run = promisify(execFile);

let runtime: Runtime;
let folder: string;
let written: Disposable;
let account: { id: string };
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wafleet-operator-"));
  runtime = await startRuntime({
    whatsapp: { kind: "url", url: "ws://127.0.0.1:9/ws/chat", rootKey: "ab".repeat(32) },
    workers: 0,
    log: () => undefined,
  });
  written = writeRuntimeFile(folder, {
    pid: process.pid,
    apiUrl: runtime.apiUrl,
    socketUrl: runtime.socketUrl,
    consoleUrl: "http://127.0.0.1:9",
    controlUrl: null,
    secretsUrl: runtime.standIns.secrets.endpoint,
  });
  const registered = await post("/v1/auth/register", {
    email: "ada@example.com",
    password: "correct horse battery",
    name: "Ada",
  });
  ({ account, accessToken: token } = (await registered.json()) as {
    account: { id: string };
    accessToken: string;
  });
});
afterAll(async () => {
  written[Symbol.dispose]();
  await runtime.stop();
  await rm(folder, { recursive: true });
});

function post(path: string, body: object, as?: string): Promise<Response> {
  return fetch(`${runtime.apiUrl}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(as !== undefined && { authorization: `Bearer ${as}` }),
    },
    body: JSON.stringify(body),
  });
}

/** What the script prints, and the code it ends with. */
async function operator(...words: string[]): Promise<{ code: number; text: string }> {
  const args = [join(root, "scripts/operator.ts"), ...words, "--data", folder];
  return run(process.execPath, args, { cwd: root }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );
}

test("the operator moves an account to another plan, through the whole local system", async () => {
  const set = await operator("set-tier", account.id, "pro");
  expect(set.code).toBe(0);
  expect(JSON.parse(set.text)).toMatchObject({ id: account.id, tier: "pro", sessionLimit: 20 });
  const shown = await operator("account", account.id);
  expect(JSON.parse(shown.text)).toMatchObject({ tier: "pro" });
});

test("a plan that does not exist, an unknown account and a wrong command end with what to do", async () => {
  const noPlan = await operator("set-tier", account.id, "gold");
  expect([noPlan.code, JSON.parse(noPlan.text).code]).toEqual([1, "validation_failed"]);
  expect((await operator("account", "acc_1")).text).toContain("not_found");
  const misused = await operator("set-tier");
  expect([misused.code, misused.text.startsWith("usage:")]).toEqual([2, true]);
});

test("deep health of the whole local system", async () => {
  const health = await operator("health");
  expect(JSON.parse(health.text)).toMatchObject({
    status: "ok",
    problems: [],
    fleet: { workers: [], sessions: { wanted: 0 } },
    queues: [{ name: "commands" }, { name: "events" }],
  });
});

test("revoking a key closes its WebSocket for real", async () => {
  const made = await post("/v1/keys", { name: "x", scopes: ["messages:read"] }, token);
  const { id, key } = (await made.json()) as { id: string; key: string };
  const socket = new WebSocket(runtime.socketUrl, { headers: { "x-api-key": key } });
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const revoked = await fetch(`${runtime.apiUrl}/v1/keys/${id}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}` },
  });
  expect(revoked.status).toBe(204);
  expect(await closed).toBe(1000);
});
