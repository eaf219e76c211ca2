import { createRateLimits } from "#functions/middleware/rate-limits.ts";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSessionIn } from "./events.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
beforeAll(async () => {
  system = await startSystem({ rateLimits: { address: 4, account: 8, key: 3, session: 2 } });
});
afterAll(() => system[Symbol.asyncDispose]());
// Each test has a whole minute: none ends while it counts.
beforeEach(() => void system.advance(60_000 - (system.now() % 60_000)));

const writes = () => system.dynamodb.meter.read()["dynamodb.write-units"] ?? 0;

test("an account's requests are counted, every answer says how many are left, and a new minute begins anew", async () => {
  const { token } = await system.createTenant();
  const answers = [];
  for (let i = 0; i < 10; i += 1) answers.push(await system.call("getMe", { token }));
  expect(answers.map(({ status }) => status)).toEqual([...Array(8).fill(200), 429, 429]);
  expect(answers.map(({ headers }) => headers["ratelimit-remaining"])).toEqual(
    [7, 6, 5, 4, 3, 2, 1, 0, 0, 0].map(String),
  );
  const { headers, problem } = await system.call("getMe", { token });
  expect(headers).toMatchObject({
    "ratelimit-limit": "8",
    "retry-after": headers["ratelimit-reset"],
  });
  expect(problem).toMatchObject({ code: "rate_limited", limitedBy: "account", retryable: true });
  expect(Number(headers["retry-after"])).toBeLessThanOrEqual(60);
  system.advance(Number(headers["retry-after"]) * 1000);
  expect((await system.call("getMe", { token })).status).toBe(200);
});

test("a key has a limit of its own within the account's", async () => {
  const { token } = await system.createTenant();
  const body = { name: "x", scopes: ["account:read"] };
  const apiKey = (await system.call("createKey", { token, body })).body.key;
  const answers = [];
  for (let i = 0; i < 4; i += 1) answers.push(await system.call("getMe", { apiKey }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers[3]?.problem["limitedBy"]).toBe("key");
  expect((await system.call("getMe", { token })).status).toBe(200);
});

test("sends are limited by session, and a refused one is not sent", async () => {
  const tenant = await system.createTenant();
  const { sessionId } = await createSessionIn(system, tenant);
  await system.takeCommands();
  const body = { to: "14155550123", type: "text", text: { body: "hi" } };
  const send = () =>
    system.call("sendMessage", { token: tenant.token, params: { sessionId }, body });
  const statuses = [(await send()).status, (await send()).status, (await send()).status];
  expect(statuses).toEqual([202, 202, 429]);
  expect(await system.takeCommands()).toHaveLength(2);
});

test("an address may try to sign in so often only, whatever it sends; other addresses are free", async () => {
  const body = { email: "nobody@example.com", password: "x" };
  const ip = "2001:db8:1:2::9";
  for (let i = 0; i < 2; i += 1) await system.call("login", { body, ip });
  for (let i = 0; i < 2; i += 1) await system.call("login", { rawBody: "{", ip });
  const neighbour = "2001:db8:1:2:ffff::1";
  const refused = await system.call("login", { body, ip: neighbour });
  expect([refused.status, refused.problem["limitedBy"]]).toEqual([429, "address"]);
  expect((await system.call("login", { body, ip: "2001:db8:1:3::9" })).status).toBe(401);
});

test("uptime checks are not limited", async () => {
  const answers = [];
  for (let i = 0; i < 10; i += 1) answers.push((await system.call("getHealth")).status);
  expect(new Set(answers)).toEqual(new Set([200]));
});

function instances(count: number, account: number) {
  const limits = { address: 0, account, key: 0, session: 0 };
  const log = pino({ level: "silent" });
  return Array.from({ length: count }, () =>
    createRateLimits({ control: system.control, limits, log }),
  );
}

test("five instances together let no more through than one would", async () => {
  const requests = instances(5, 50).flatMap((take) =>
    Array.from({ length: 30 }, () => take("account", "shared")),
  );
  const standings = await Promise.all(requests);
  expect(standings.filter((standing) => standing?.allowed)).toHaveLength(50);
});

test("a busy account costs a write for three hundred requests, a quiet one none", async () => {
  const [take] = instances(1, 6_000);
  const before = writes();
  for (let i = 0; i < 60; i += 1) await take?.("account", "quiet");
  expect(writes() - before).toBe(0);
  for (let i = 0; i < 3_000; i += 1) await take?.("account", "busy");
  expect(writes() - before).toBe(10);
});

test("a store that cannot count lets requests through", async () => {
  const [take] = instances(1, 10);
  const stop = system.dynamodb.faults.add({ kind: "throttle", operation: "UpdateItem" });
  expect((await take?.("account", "unlucky"))?.allowed).toBe(true);
  stop();
});
