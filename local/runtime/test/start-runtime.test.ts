import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { environmentNames, processes } from "#shared/resources/processes.ts";
import type { Runtime, RuntimeOptions } from "../runtime.ts";
import { startRuntime } from "../start-runtime.ts";
import { isAlive } from "./is-alive.ts";
import { obedient, scriptedRunner } from "./scripted-runner.ts";

async function start(options: Partial<RuntimeOptions> = {}) {
  const lines: string[] = [];
  const runtime = await startRuntime({
    whatsapp: { kind: "url", url: "ws://127.0.0.1:9/ws/chat", rootKey: "ab".repeat(32) },
    workers: 0,
    log: (source, line) => lines.push(`${source}: ${line}`),
    ...options,
  });
  onTestFinished(runtime.stop);
  return { ...runtime, lines };
}

const account = { email: "ada@example.com", password: "correct horse battery" };

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** How many servers this process has; Node forgets a closed one a little later. */
function listening(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap").length;
}

test("what was registered before a restart can sign in after it", async () => {
  const dataDir = await temporaryFolder();
  const before = await start({ dataDir });
  const registered = await post(`${before.apiUrl}/v1/auth/register`, { ...account, name: "Ada" });
  expect(registered.status).toBe(201);
  const { accessToken } = (await registered.json()) as { accessToken: string };
  await before.stop();
  const after = await start({ dataDir });
  expect((await post(`${after.apiUrl}/v1/auth/login`, account)).status).toBe(200);
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await fetch(`${after.apiUrl}/v1/me`, { headers })).status).toBe(200);
});

test("what expired while the system was off is gone a moment after its start", async () => {
  const dataDir = await temporaryFolder();
  const table = "wafleet-fleet";
  const open = (runtime: Runtime) =>
    new DynamoDBClient({
      endpoint: runtime.standIns.dynamodb.endpoint,
      region: "us-east-1",
      credentials: dummyCredentials,
    });
  const before = await start({ dataDir });
  const expiresAt = { N: String(Math.floor(Date.now() / 1000) - 60) };
  const Item = { pk: { S: "workers" }, sk: { S: "gone" }, expiresAt };
  await open(before).send(new PutItemCommand({ TableName: table, Item }));
  await before.stop();
  const client = open(await start({ dataDir }));
  const count = async () => (await client.send(new ScanCommand({ TableName: table }))).Count;
  await expect.poll(count).toBe(0);
});

test("two runtimes at a time share nothing", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  const registered = await post(`${one.apiUrl}/v1/auth/register`, { ...account, name: "Ada" });
  expect(registered.status).toBe(201);
  expect((await post(`${other.apiUrl}/v1/auth/login`, account)).status).toBe(401);
});

test("the end of a runtime leaves no process and no open port", async () => {
  const runnerScript = await scriptedRunner(obedient);
  const runtime = await start({ workers: 2, runnerScript });
  const pids = runtime.workers().map(({ pid }) => pid);
  expect(pids).toHaveLength(2);
  await runtime.stop();
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(await answers(`${runtime.apiUrl}/v1/health`)).toBe(false);
  await expect.poll(listening).toBe(0);
  expect(runtime.lines.filter((line) => line.endsWith("asked to end"))).toHaveLength(2);
});

test("a start that fails half-way leaves no process and no open port", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  await expect(start({ ports: { http: port } })).rejects.toMatchObject({ code: "EADDRINUSE" });
  const runnerScript = await scriptedRunner("process.exit(78)");
  await expect(start({ workers: 1, runnerScript })).rejects.toThrow(/code 78/);
  // The one of this test itself.
  await expect.poll(listening).toBe(1);
});

test("a runner gets exactly the settings that it is bound to, and the way to WhatsApp", async () => {
  const code = `console.log(JSON.stringify(Object.keys(process.env).filter((name) =>
    name.startsWith("WAFLEET_") || name.startsWith("AWS_ENDPOINT"))));${obedient}`;
  const runnerScript = await scriptedRunner(code);
  const { lines } = await start({ workers: 1, runnerScript, env: { WAFLEET_EXTRA: "1" } });
  await expect.poll(() => lines).toHaveLength(1);
  const names = JSON.parse(lines[0]?.replace(/^[^[]*/, "") ?? "") as string[];
  expect(names.toSorted()).toEqual(
    [
      ...environmentNames(processes.runner),
      "WAFLEET_WORKER_ID",
      "WAFLEET_WHATSAPP_URL",
      "WAFLEET_WHATSAPP_ROOT_KEY",
      "WAFLEET_EXTRA",
      ...["DYNAMODB", "ECS", "EVENTBRIDGE", "KMS", "S3", "SECRETS_MANAGER", "SQS", "STS"].map(
        (at) => `AWS_ENDPOINT_URL_${at}`,
      ),
    ].toSorted(),
  );
});

test("what doors, functions and stores would cost is counted in one place", async () => {
  const { apiUrl, meter } = await start();
  await post(`${apiUrl}/v1/auth/register`, { ...account, name: "Ada" });
  const counted = meter.read();
  expect(counted["apigateway.http-requests"]).toBe(1);
  expect(counted["lambda.accounts.invocations"]).toBe(1);
  expect(counted["secretsmanager.requests"]).toBe(1);
  expect(counted["dynamodb.write-units"]).toBeGreaterThan(0);
});
