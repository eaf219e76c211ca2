import { afterAll, beforeAll, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

let count = 0;

async function register() {
  count += 1;
  const credentials = { email: `user${count}@example.com`, password: "correct horse" };
  const { body } = await system.call("register", { body: { ...credentials, name: "Shop" } });
  return { ...body, credentials };
}

const refresh = (refreshToken: string) => system.call("refresh", { body: { refreshToken } });
const meAs = async (token: string) => (await system.call("getMe", { token })).status;

test("a refresh token gives new tokens, once", async () => {
  const first = await register();
  system.advance(16 * 60_000);
  expect(await meAs(first.accessToken)).toBe(401);
  const second = await refresh(first.refreshToken);
  expect(second.status).toBe(200);
  expect(await meAs(second.body.accessToken)).toBe(200);
  expect(second.body.signedInUntil).toBe(first.signedInUntil);
  const third = await refresh(second.body.refreshToken);
  expect(third.status).toBe(200);
});

test("a spent refresh token that is shown again ends the whole sign-in, access tokens too", async () => {
  const first = await register();
  const second = await refresh(first.refreshToken);
  system.advance(31_000);
  const stolen = await refresh(first.refreshToken);
  expect([stolen.status, stolen.problem.code]).toEqual([401, "refresh_token_invalid"]);
  expect((await refresh(second.body.refreshToken)).status).toBe(401);
  expect(await meAs(second.body.accessToken)).toBe(401);
  const { credentials } = first;
  expect((await system.call("login", { body: credentials })).status).toBe(200);
});

test("who did not hear the answer asks again, and goes on", async () => {
  const { refreshToken } = await register();
  const lost = await refresh(refreshToken);
  const heard = await refresh(refreshToken);
  expect(await meAs(heard.body.accessToken)).toBe(200);
  const next = await refresh(heard.body.refreshToken);
  expect(next.status).toBe(200);
  system.advance(31_000);
  expect((await refresh(lost.body.refreshToken)).status).toBe(401);
  expect(await meAs(next.body.accessToken)).toBe(401);
});

test("of two who have a token, one is found out as soon as the other has gone on", async () => {
  const { refreshToken } = await register();
  const [owner, thief] = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
  const next = await refresh(owner.body.refreshToken);
  expect((await refresh(next.body.refreshToken)).status).toBe(200);
  expect((await refresh(thief.body.refreshToken)).status).toBe(401);
  expect(await meAs(next.body.accessToken)).toBe(401);
});

test("of ten refreshes at once with one token, what one gives is good once", async () => {
  const { refreshToken } = await register();
  const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  const [first = "", second = ""] = answers.map(({ body }) => body.refreshToken);
  expect((await refresh(first)).status).toBe(200);
  system.advance(31_000);
  expect((await refresh(second)).status).toBe(401);
});

test("a refresh token is no access token, and the other way round", async () => {
  const { accessToken, refreshToken } = await register();
  expect(await meAs(refreshToken)).toBe(401);
  expect((await refresh(accessToken)).status).toBe(401);
  expect((await refresh("nonsense")).status).toBe(401);
  expect(await meAs(accessToken)).toBe(200);
});

test("a sign-in ends after thirty days, however often it was refreshed", async () => {
  const { refreshToken } = await register();
  system.advance(29 * 24 * 3_600_000);
  const late = await refresh(refreshToken);
  expect(late.status).toBe(200);
  system.advance(24 * 3_600_000 + 1_000);
  expect((await refresh(late.body.refreshToken)).status).toBe(401);
});

test("who signs out is out at once, there and nowhere else", async () => {
  const here = await register();
  const there = await system.call("login", { body: here.credentials });
  expect((await system.call("logout", { token: here.accessToken })).status).toBe(204);
  expect(await meAs(here.accessToken)).toBe(401);
  expect((await refresh(here.refreshToken)).status).toBe(401);
  expect(await meAs(there.body.accessToken)).toBe(200);
});

test("a new password ends every other sign-in, and is asked for from then on", async () => {
  const here = await register();
  const { email, password } = here.credentials;
  const there = await system.call("login", { body: here.credentials });
  const token = here.accessToken;
  const wrong = { currentPassword: "not it", newPassword: "battery staple" };
  const refused = await system.call("changePassword", { token, body: wrong });
  expect(refused.problem.code).toBe("invalid_credentials");
  expect(await meAs(there.body.accessToken)).toBe(200);

  const body = { currentPassword: password, newPassword: "battery staple" };
  expect((await system.call("changePassword", { token, body })).status).toBe(204);
  // A client that did not get the answer asks again.
  expect((await system.call("changePassword", { token, body })).status).toBe(204);
  expect(await meAs(token)).toBe(200);
  expect(await meAs(there.body.accessToken)).toBe(401);
  expect((await refresh(there.body.refreshToken)).status).toBe(401);
  expect((await system.call("login", { body: here.credentials })).status).toBe(401);
  const again = { email, password: "battery staple" };
  expect((await system.call("login", { body: again })).status).toBe(200);
  expect(system.logLines.join()).not.toContain("battery staple");
});

test("a user has twenty sign-ins at most: the oldest gives way", async () => {
  const { accountId, userId, token } = await system.createTenant();
  for (let i = 0; i < 19; i += 1) {
    system.advance(1_000);
    await system.signInAs({ accountId, userId });
  }
  expect(await meAs(token)).toBe(200);
  system.advance(1_000);
  await system.signInAs({ accountId, userId });
  expect(await meAs(token)).toBe(401);
});

test("checking a token costs one read unit", async () => {
  const { token } = await system.createTenant();
  const reads = () => system.dynamodb.meter.read()["dynamodb.read-units"] ?? 0;
  const before = reads();
  await system.call("createTicket", { token });
  expect(reads() - before).toBe(1);
});

test("nothing at rest is good for signing in", async () => {
  const { refreshToken, accessToken } = await register();
  const text = (await allItems(system.control)) + (await allItems(system.logins));
  for (const token of [refreshToken, accessToken]) expect(text).not.toContain(token.slice(-30));
});
