import { afterAll, beforeAll, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { createSessionIn } from "./events.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

test("a key works until it is revoked, and is stored as a hash only", async () => {
  const { token } = await system.createTenant();
  const body = { name: "ci", scopes: ["sessions:read"] };
  const made = await system.call("createKey", { token, body });
  const { key: apiKey, id: keyId } = made.body;
  expect(apiKey).toMatch(/^waf_live_\w{32}_\w{6}$/);
  expect((await system.call("listSessions", { apiKey })).status).toBe(200);
  expect((await system.call("listSessions", { token: apiKey })).status).toBe(200);

  const listed = await system.call("listKeys", { token });
  expect(listed.body.data).toMatchObject([{ id: keyId, name: "ci", prefix: apiKey.slice(0, 13) }]);
  expect(listed.body.data[0]?.lastUsedAt).not.toBeNull();
  expect(listed.text).not.toContain(apiKey);

  expect((await system.call("deleteKey", { token, params: { keyId } })).status).toBe(204);
  const revoked = await system.call("listSessions", { apiKey });
  expect([revoked.status, revoked.problem.code]).toEqual([401, "unauthenticated"]);
  expect((await system.call("deleteKey", { token, params: { keyId } })).status).toBe(404);
});

test("a key may do what its scopes say, and make no key that may do more", async () => {
  const { token } = await system.createTenant();
  const made = await system.call("createKey", {
    token,
    body: { name: "admin", scopes: ["account:admin", "sessions:read"] },
  });
  const apiKey = made.body.key;
  const denied = await system.call("createSession", { apiKey, body: { name: "x" } });
  expect([denied.status, denied.problem.code]).toEqual([403, "forbidden"]);
  expect(denied.problem.detail).toContain("sessions:write");
  const more = await system.call("createKey", {
    apiKey,
    body: { name: "more", scopes: ["sessions:write"] },
  });
  expect(more.problem.code).toBe("forbidden");
});

test("a key expires", async () => {
  const { token } = await system.createTenant();
  const expiresAt = new Date(system.now() + 60_000).toISOString();
  const body = { name: "short", scopes: ["sessions:read"], expiresAt };
  const apiKey = (await system.call("createKey", { token, body })).body.key;
  expect((await system.call("listSessions", { apiKey })).status).toBe(200);
  system.advance(61_000);
  expect((await system.call("listSessions", { apiKey })).status).toBe(401);
});

test("a key that is bound to a session sees that one and sends through it without naming it", async () => {
  const tenant = await system.createTenant();
  const { sessionId } = await createSessionIn(system, tenant);
  const other = await createSessionIn(system, tenant, "active", "Other");
  const scopes = ["sessions:read", "messages:send"];
  const { token } = tenant;
  const made = await system.call("createKey", { token, body: { name: "x", scopes, sessionId } });
  const apiKey = made.body.key;

  const seen = await system.call("listSessions", { apiKey });
  expect(seen.body.data.map((session) => session.id)).toEqual([sessionId]);
  const params = { sessionId: other.sessionId };
  expect((await system.call("getSession", { apiKey, params })).status).toBe(404);

  const body = { to: "14155550123", type: "text", text: { body: "hi" } };
  const sent = await system.call("sendMessageByKey", { apiKey, body });
  expect(sent.body.sessionId).toBe(sessionId);
  const unbound = await system.call("sendMessageByKey", { token, body });
  expect(unbound.problem.code).toBe("forbidden");
});

test("a repeated key creation shows the same key, which rests sealed", async () => {
  const { token, accountId } = await system.createTenant();
  const request = {
    token,
    body: { name: "once", scopes: ["sessions:read"] },
    headers: { "idempotency-key": "key-1" },
  };
  const first = await system.call("createKey", request);
  const second = await system.call("createKey", request);
  expect(second.body).toEqual(first.body);
  expect(second.headers["idempotent-replayed"]).toBe("true");
  expect((await system.call("listKeys", { token })).body.data).toHaveLength(1);
  const stored = await allItems(system.control);
  expect(stored).toContain(accountId);
  expect(stored).not.toContain(first.body.key);
});
