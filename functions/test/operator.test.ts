import { SendMessageCommand } from "@aws-sdk/client-sqs";
import * as items from "#functions/store/items.ts";
import { newId } from "#shared/ids.ts";
import { shardKey, workerKey } from "#shared/items/fleet-item.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionIn } from "./events.ts";
import { operatorSecret as token, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

const createSession = (as: string, name: string) =>
  system.call("createSession", { token: as, body: { name } });

test("tiers: an account may have as many sessions as its plan says, Basic 5, Pro 20, Max 40", async () => {
  const tenant = await system.createTenant();
  const params = { accountId: tenant.accountId };
  let made = 0;
  for (const [tier, limit] of [
    ["basic", 5],
    ["pro", 20],
    ["max", 40],
  ] as const) {
    const set = await system.call("setTier", { token, params, body: { tier } });
    expect(set.body).toMatchObject({ tier, sessionLimit: limit });
    while (made < limit) {
      made += 1;
      expect((await createSession(tenant.token, `s${made}`)).status).toBe(201);
    }
    const refused = await createSession(tenant.token, "more");
    expect(refused.problem.code).toBe("session_limit_reached");
    expect(refused.problem.detail).toContain(String(limit));
  }
  await system.call("setTier", { token, params, body: { tier: "basic" } });
  const listed = await system.call("listSessions", {
    token: tenant.token,
    query: { limit: "100" },
  });
  expect(listed.body.data).toHaveLength(40);
});

test("fifty creates at once at a limit of five make five sessions", async () => {
  const tenant = await system.createTenant();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => createSession(tenant.token, `s${i}`)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
  const listed = await system.call("listSessions", { token: tenant.token });
  expect(listed.body.data).toHaveLength(5);
});

test("operator routes open to the operator secret alone", async () => {
  const tenant = await system.createTenant();
  const params = { accountId: tenant.accountId };
  const wrong = [undefined, "wrong", tenant.token, `${token}x`, token.slice(1)];
  for (const credential of wrong) {
    const options = { params, ...(credential !== undefined && { token: credential }) };
    expect((await system.call("getAccount", options)).status).toBe(401);
    const body = { tier: "max" };
    expect((await system.call("setTier", { ...options, body })).status).toBe(401);
  }
  expect((await system.call("getAccount", { token, params })).body.tier).toBe("basic");
  expect((await system.call("listSessions", { token })).status).toBe(401);
  expect(system.logLines.join()).not.toContain(token);
});

test("an account that does not exist is a 404, and none is made", async () => {
  const params = { accountId: newId("account") };
  const set = await system.call("setTier", { token, params, body: { tier: "pro" } });
  expect(set.status).toBe(404);
  expect((await system.call("getAccount", { token, params })).status).toBe(404);
});

test("deep health sees workers, shards, sessions by state, and who waits longest", async () => {
  await using fleet = await startSystem();
  const health = async () => (await fleet.call("getFleetHealth", { token })).body;
  const idle = await health();
  expect(idle).toMatchObject({ status: "ok", problems: [] });
  expect(idle.fleet).toMatchObject({
    oldestCommandSeconds: null,
    workers: [],
    shards: { total: 1, owned: 0, ownerless: [0] },
  });

  const tenant = await fleet.createTenant();
  const { sessionId } = await createSessionIn(fleet, tenant, "inactive");
  await fleet.call("connectSession", { token: tenant.token, params: { sessionId } });
  const alone = await health();
  expect(alone.status).toBe("degraded");
  expect(alone.problems.join()).toContain("no worker runs");
  expect(alone.fleet?.sessions).toEqual({
    wanted: 1,
    byState: { connecting: 1 },
    isComplete: true,
  });
  expect(alone.fleet?.longestWaiting).toMatchObject({ sessionId, status: "connecting" });
  expect(alone.queues).toMatchObject([
    { name: "commands", waiting: 1, dead: 0 },
    { name: "events" },
  ]);

  const expiresAt = Math.floor(fleet.now() / 1000) + 60;
  const oldestCommandAt = fleet.now() - 42_000;
  const worker = { workerId: "w1", beat: 1, draining: false, oldestCommandAt, expiresAt };
  await items.put(fleet.fleet, { ...workerKey("w1"), ...worker });
  const shard = { shard: 0, workerId: "w1", generation: 1 };
  await items.put(fleet.fleet, { ...shardKey(0), ...shard });
  const held = await health();
  expect(held.fleet).toMatchObject({
    workers: [{ id: "w1" }],
    shards: { owned: 1, ownerless: [] },
  });
  expect(Math.floor(held.fleet?.oldestCommandSeconds ?? 0)).toBe(42);
  expect(held.status).toBe("ok");
});

test("deep health tells of dead letters and of stores that do not answer", async () => {
  await using broken = await startSystem();
  const letter = { QueueUrl: broken.deadUrl, MessageBody: "{}", MessageGroupId: "g" };
  const command = new SendMessageCommand({ ...letter, MessageDeduplicationId: "1" });
  await broken.commands.client.send(command);
  broken.dynamodb.faults.add({ kind: "refuse", match: "test-fleet" });
  const { status, body } = await broken.call("getFleetHealth", { token });
  expect(status).toBe(200);
  expect(body.status).toBe("degraded");
  expect(body.fleet).toBeNull();
  expect(body.problems).toEqual([
    "fleet cannot be reached",
    "1 messages of commands are in its dead-letter queue",
    "the fleet's table cannot be read",
  ]);
});
