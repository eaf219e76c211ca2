import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { scopes } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { createSessionIn } from "./events.ts";
import type { RequestOptions, RouteName } from "./request-event.ts";
import { operatorSecret, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

const table: Record<string, RouteDefinition> = routes;
const names = Object.keys(table) as RouteName[];
const withAccess = (...kinds: string[]) =>
  names.filter((name) => kinds.includes(table[name]?.auth.access ?? ""));
const guarded = withAccess("user", "scope");
const scoped = withAccess("scope");
const withId = guarded.filter((name) => table[name]?.path.includes("{"));

type Credential = Pick<RequestOptions, "token" | "apiKey">;

/** Each is shown to every route; the route has to refuse it. */
const bad: Record<string, Credential> = {};
const foreign: Record<string, Credential> = {};
const allBut: Record<string, Credential> = {};

let system: System;
let params: Record<string, string>;

beforeAll(async () => {
  system = await startSystem();
  const [owner, other] = [await system.createTenant(), await system.createTenant()];
  const keyOf = async (token: string, some: readonly string[], more: object = {}) => {
    const body = { name: "key", scopes: some, ...more };
    const { key: apiKey, id: keyId } = (await system.call("createKey", { token, body })).body;
    // Used once, so that noting the first use is no side effect of what follows.
    await system.call("getMe", { apiKey });
    return { apiKey, keyId };
  };
  const soon = { expiresAt: new Date(system.now() + 60_000).toISOString() };
  const expired = await keyOf(owner.token, scopes, soon);
  const expiredToken = owner.token;
  system.advance(16 * 60_000);
  owner.token = await system.signInAs(owner);
  other.token = await system.signInAs(other);
  const signedOut = await system.signInAs(owner);
  await system.call("logout", { token: signedOut });
  const revoked = await keyOf(owner.token, scopes);
  await system.call("deleteKey", { token: owner.token, params: { keyId: revoked.keyId } });
  const removed = await system.createUser(owner.accountId, "admin");
  const { token } = owner;
  await system.call("removeUser", { token, params: { userId: removed.userId } });
  Object.assign(bad, {
    "no credential": {},
    "an expired token": { token: expiredToken },
    "a token that was signed out": { token: signedOut },
    "a removed user's token": { token: removed.token },
    "an expired key": { apiKey: expired.apiKey },
    "a revoked key": { apiKey: revoked.apiKey },
    "the operator's secret": { token: operatorSecret },
  });
  foreign["another tenant's token"] = { token: other.token };
  foreign["another tenant's key"] = { apiKey: (await keyOf(other.token, scopes)).apiKey };
  for (const scope of scopes) {
    const others = scopes.filter((some) => some !== scope);
    allBut[scope] = { apiKey: (await keyOf(token, others)).apiKey };
  }

  const { sessionId } = await createSessionIn(system, owner);
  const sent = await system.call("sendMessage", { token, params: { sessionId }, body: message });
  const { keyId } = await keyOf(token, ["sessions:read"]);
  const { userId } = await system.createUser(owner.accountId, "member");
  const body = { url: "http://127.0.0.1:9/" };
  const webhookId = (await system.call("createWebhook", { token, body })).body.id;
  const deliveryId = (await system.call("testWebhook", { token, params: { webhookId } })).body.id;
  system.work.take();
  params = {
    sessionId,
    messageId: sent.body.id,
    keyId,
    userId,
    accountId: owner.accountId,
    webhookId,
    deliveryId,
  };
  while ((await system.takeCommands()).length > 0);
});
afterAll(() => system[Symbol.asyncDispose]());

const message = { to: "14155550123", type: "text", text: { body: "hi" } };

/** A request with which nothing is wrong but the credential. */
function fit(name: RouteName): RequestOptions {
  const wanted = Object.entries(params).filter(([param]) =>
    table[name]?.path.includes(`{${param}}`),
  );
  const body = table[name]?.body && { body: table[name].example?.body };
  return { params: Object.fromEntries(wanted), ...body };
}

/** Everything but the audit, which is there to tell of the try. */
async function everything(): Promise<string> {
  const { control, logins, messages, fleet, webhooks, secrets } = system;
  const tables = [control, logins, messages, fleet, webhooks, secrets];
  const stored = await Promise.all(tables.map(allItems));
  return stored.join() + JSON.stringify([await system.takeCommands(), system.work.take()]);
}

/** Shows the credential, and looks at what it changed. */
async function showTo(name: RouteName, credential: Credential = {}) {
  const before = await everything();
  const answer = await system.call(name, { ...fit(name), ...credential });
  expect(await everything(), "no side effect").toBe(before);
  return answer;
}

describe("every route but the public ones refuses", () => {
  const cases = [
    "no credential",
    "an expired token",
    "a token that was signed out",
    "a removed user's token",
    "an expired key",
    "a revoked key",
    "the operator's secret",
  ].flatMap((credential) => guarded.map((name) => [name, credential] as const));

  test.for(cases)("%s: %s", async ([name, credential]) => {
    expect((await showTo(name, bad[credential])).status).toBe(401);
  });
});

test.for(scoped)("%s asks for its scope, and no other will do", async (name) => {
  const auth = table[name]?.auth;
  if (auth?.access !== "scope") throw new Error(`${name} asks for no scope`);
  const { status, problem } = await showTo(name, allBut[auth.scope]);
  expect([status, problem.code]).toEqual([403, "forbidden"]);
  expect(problem.detail).toContain(auth.scope);
});

test.for(withAccess("user"))("%s is for people: no key will do", async (name) => {
  expect((await showTo(name, allBut["webhooks:write"])).status).toBe(403);
});

describe("what belongs to one tenant does not exist for another", () => {
  const cases = ["another tenant's token", "another tenant's key"].flatMap((credential) =>
    withId.map((name) => [name, credential] as const),
  );

  test.for(cases)("%s: %s", async ([name, credential]) => {
    const { status, problem } = await showTo(name, foreign[credential]);
    expect([status, problem.code]).toEqual([404, "not_found"]);
  });
});

test.for(withAccess("operator"))("%s is for operators alone", async (name) => {
  const credentials = [...Object.values(foreign), ...Object.values(allBut), {}];
  for (const credential of credentials) {
    expect((await showTo(name, credential)).status).toBe(401);
  }
});
