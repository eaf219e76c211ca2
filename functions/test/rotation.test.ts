import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSessionIn } from "./events.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let token: string;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());
beforeEach(async () => ({ token } = await system.createTenant()));

async function createKey(more: object = {}) {
  const body = { name: "ci", scopes: ["sessions:read"], ...more };
  return (await system.call("createKey", { token, body })).body;
}

const rotate = (keyId: string, body: object = {}) =>
  system.call("rotateKey", { token, params: { keyId }, body });
const works = async (apiKey: string) =>
  (await system.call("listSessions", { apiKey })).status === 200;

test("a rotated key has a new secret at once, and the former one lives on for the stated time", async () => {
  const made = await createKey();
  const rotated = await rotate(made.id, { overlapSeconds: 3600 });
  expect(rotated.status).toBe(201);
  expect(rotated.body).toMatchObject({ id: made.id, name: "ci", scopes: ["sessions:read"] });
  expect(rotated.body.key).not.toBe(made.key);
  expect(Date.parse(rotated.body.formerKeyEndsAt) - system.now()).toBeGreaterThan(3_590_000);
  expect([await works(made.key), await works(rotated.body.key)]).toEqual([true, true]);
  system.advance(3_601_000);
  token = (await system.createTenant()).token;
  expect([await works(made.key), await works(rotated.body.key)]).toEqual([false, true]);
});

test("without an overlap the former secret ends at once", async () => {
  const made = await createKey();
  const rotated = await rotate(made.id, { overlapSeconds: 0 });
  expect([await works(made.key), await works(rotated.body.key)]).toEqual([false, true]);
});

test("rotating twice ends nothing before its time, and revoking ends all of it at once", async () => {
  const made = await createKey();
  const second = await rotate(made.id);
  const third = await rotate(made.id);
  const all = [made.key, second.body.key, third.body.key];
  for (const key of all) expect(await works(key)).toBe(true);
  expect((await system.call("listKeys", { token })).body.data).toHaveLength(1);
  const params = { keyId: made.id };
  expect((await system.call("deleteKey", { token, params })).status).toBe(204);
  for (const key of all) expect(await works(key)).toBe(false);
  expect((await rotate(made.id)).status).toBe(404);
});

test("no secret outlives its key", async () => {
  const expiresAt = new Date(system.now() + 60_000).toISOString();
  const made = await createKey({ expiresAt });
  const rotated = await rotate(made.id);
  expect(rotated.body).toMatchObject({ expiresAt, formerKeyEndsAt: expiresAt });
  system.advance(61_000);
  expect([await works(made.key), await works(rotated.body.key)]).toEqual([false, false]);
});

test("a rotation that crashed half-way ends no secret, and the next one succeeds", async () => {
  const made = await createKey();
  const match = "formers";
  const stop = system.dynamodb.faults.add({ kind: "refuse", operation: "UpdateItem", match });
  expect((await rotate(made.id)).status).toBe(503);
  stop();
  expect(await works(made.key)).toBe(true);
  const rotated = await rotate(made.id, { overlapSeconds: 60 });
  expect([await works(made.key), await works(rotated.body.key)]).toEqual([true, true]);
  system.advance(61_000);
  expect(await works(made.key)).toBe(false);
});

test("of ten rotations at once each has a secret that works, or is told to try again", async () => {
  const made = await createKey();
  const answers = await Promise.all(Array.from({ length: 10 }, () => rotate(made.id)));
  const won = answers.filter(({ status }) => status === 201);
  expect(won.length).toBeGreaterThan(0);
  for (const { body } of won) expect(await works(body.key)).toBe(true);
  for (const { status, problem } of answers.filter((answer) => answer.status !== 201)) {
    expect([status, problem.code]).toEqual([409, "change_in_progress"]);
  }
  await system.call("deleteKey", { token, params: { keyId: made.id } });
  for (const { body } of won) expect(await works(body.key)).toBe(false);
});

test("nobody rotates a key that may do more than they may, or one of another session", async () => {
  const owner = await system.createTenant();
  token = owner.token;
  const { sessionId } = await createSessionIn(system, owner);
  const strong = await createKey({ scopes: ["messages:send"] });
  const admin = await createKey({ scopes: ["account:admin"] });
  const bound = await createKey({ scopes: ["account:admin"], sessionId });
  const rotateAs = (apiKey: string) =>
    system.call("rotateKey", { apiKey, params: { keyId: strong.id }, body: {} });
  expect((await rotateAs(admin.key)).status).toBe(403);
  expect((await rotateAs(bound.key)).status).toBe(404);
});

test("the last use of a key is noted, at most once an hour", async () => {
  const { key, id } = await createKey();
  const writes = () => system.dynamodb.meter.read()["dynamodb.write-units"] ?? 0;
  const lastUsedAt = async () =>
    (await system.call("listKeys", { token })).body.data.find((shown) => shown.id === id)
      ?.lastUsedAt;
  expect(await lastUsedAt()).toBeNull();
  await works(key);
  const first = await lastUsedAt();
  const before = writes();
  for (let i = 0; i < 20; i += 1) await works(key);
  expect(writes()).toBe(before);
  expect(await lastUsedAt()).toBe(first);
  system.advance(3_601_000);
  await Promise.all(Array.from({ length: 5 }, () => works(key)));
  expect(writes()).toBeLessThanOrEqual(before + 10);
});
