import { afterAll, beforeAll, expect, test } from "vitest";
import * as loginFailures from "#functions/store/login-failures.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

const carl = { email: "carl@example.com", password: "hunter2 hunter2" };
const byEmail = (value: string) => ({ kind: "email", value }) as const;

async function fail(email: string, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await loginFailures.count(system.logins, byEmail(email));
}

async function pauseOf(email: string): Promise<number> {
  const answer = await system.call("login", { body: { email, password: "x" } });
  expect(answer.problem.code).toBe("rate_limited");
  return Number(answer.headers["retry-after"]);
}

test("a wrong password and an unknown email get the same answer and are counted alike", async () => {
  await system.call("register", { body: { ...carl, name: "Carl" } });
  const wrong = await system.call("login", { body: { ...carl, password: "wrong" } });
  const unknown = await system.call("login", { body: { email: "no@example.com", password: "x" } });
  expect(wrong.problem.code).toBe("invalid_credentials");
  expect(unknown.status).toBe(wrong.status);
  expect(unknown.problem.detail).toBe(wrong.problem.detail);

  await fail(carl.email, 10);
  await fail("no@example.com", 10);
  expect(await pauseOf(carl.email)).toBe(await pauseOf("no@example.com"));
});

test("each failure beyond ten doubles the pause, up to a quarter of an hour; the right password then ends it", async () => {
  const email = "dora@example.com";
  await system.call("register", { body: { ...carl, email, name: "Dora" } });
  await fail(email, 11);
  const pauses: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    const pause = await pauseOf(email);
    pauses.push(pause);
    system.advance(pause * 1000);
    await fail(email, 1);
  }
  expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900]);
  system.advance(900_000);
  expect((await system.call("login", { body: { ...carl, email } })).status).toBe(200);
  expect((await system.call("login", { body: { ...carl, email } })).status).toBe(200);
});

test("forty guesses at once get no more tries than one after the other", async () => {
  const email = "erin@example.com";
  const guesses = Array.from({ length: 40 }, () =>
    loginFailures.count(system.logins, byEmail(email)).then(
      () => "tried",
      () => "refused",
    ),
  );
  const tried = (await Promise.all(guesses)).filter((outcome) => outcome === "tried");
  expect(tried.length).toBeLessThanOrEqual(11);
});

test("an address that fails with many emails is paused for all of them", async () => {
  const ip = "203.0.113.9";
  const who = { kind: "ip", value: ip } as const;
  for (let i = 0; i < 51; i += 1) await loginFailures.count(system.logins, who);
  const body = { email: "never-tried@example.com", password: "x" };
  const paused = await system.call("login", { body, ip });
  expect([paused.status, paused.headers["retry-after"]]).toEqual([429, "30"]);
  expect((await system.call("login", { body })).status).toBe(401);
});
