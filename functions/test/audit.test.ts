import { acceptedMessageSchema } from "#shared/contracts/message.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { createSessionIn } from "./events.ts";
import { operatorSecret, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let tenant: Awaited<ReturnType<System["createTenant"]>>;
beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());
beforeEach(async () => (tenant = await system.createTenant()));

const entries = async () => (await system.call("listAudit", { token: tenant.token })).body.data;

test("the audit says who did what to what, from where, with which result", async () => {
  const { token, userId } = tenant;
  const made = await system.call("createSession", {
    token,
    body: { name: "A" },
    ip: "203.0.113.9",
  });
  const sessionId = made.body.id;
  await system.call("deleteSession", { token, params: { sessionId } });
  expect(await entries()).toMatchObject([
    { action: "deleteSession", target: { sessionId }, result: "done", status: 204, code: null },
    {
      action: "createSession",
      actor: { kind: "user", id: userId },
      target: { id: sessionId },
      ip: "203.0.113.9",
      status: 201,
      requestId: made.headers["x-request-id"],
    },
  ]);
});

test("what was refused and what failed is in it as well", async () => {
  const { token } = tenant;
  const body = { name: "reader", scopes: ["sessions:read"] };
  const { id, key: apiKey } = (await system.call("createKey", { token, body })).body;
  await system.call("createSession", { apiKey, body: { name: "x" } });
  const stop = system.dynamodb.faults.add({
    kind: "refuse",
    operation: "GetItem",
    match: "account",
  });
  const failed = await system.call("createSession", { token, body: { name: "x" } });
  stop();
  expect(failed.status).toBe(503);
  expect((await entries()).slice(0, 2)).toMatchObject([
    { result: "failed", status: 503, code: "unavailable" },
    { actor: { kind: "key", id }, result: "refused", status: 403, code: "forbidden" },
  ]);
});

test("sign-ins show in it, wrong passwords too, and never a password or a token", async () => {
  const ann = { email: "ann@example.com", password: "correct horse" };
  const { body } = await system.call("register", { body: { ...ann, name: "Ann" } });
  await system.call("login", { body: { ...ann, password: "wrong horse" } });
  await system.call("logout", { token: body.accessToken });
  const again = await system.call("login", { body: ann });
  const listed = await system.call("listAudit", { token: again.body.accessToken });
  expect(listed.body.data.map(({ action, result }) => [action, result])).toEqual([
    ["login", "done"],
    ["logout", "done"],
    ["login", "refused"],
    ["register", "done"],
  ]);
  const stored = await allItems(system.audit);
  for (const secret of ["horse", body.accessToken, body.refreshToken, ann.email]) {
    expect(stored).not.toContain(secret);
  }
});

test("a send is not in it and costs no more: the message itself says who sent it", async () => {
  const { sessionId } = await createSessionIn(system, tenant);
  const { token, userId } = tenant;
  const scopes = ["messages:send"];
  const { id: keyId, key } = (
    await system.call("createKey", { token, body: { name: "x", scopes, sessionId } })
  ).body;
  const body = { to: "14155550123", type: "text", text: { body: "the cake is a lie" } };
  const params = { sessionId };
  const refused = await system.call("sendMessage", { token, params, body: { ...body, to: "1" } });
  expect(refused.status).toBe(422);
  await system.call("sendMessageByKey", { apiKey: key, body });
  const writes = () => system.dynamodb.meter.read()["dynamodb.write-units"] ?? 0;
  const before = writes();
  await system.call("sendMessage", { token, params, body });
  // The message, and its place in the chat.
  expect(writes() - before).toBe(2);
  const listed = await system.call("listMessages", { token, params });
  expect(listed.body.data.map(({ by }) => by)).toEqual([
    { kind: "user", id: userId },
    { kind: "key", id: keyId },
  ]);
  const stored = await allItems(system.audit);
  for (const text of ["sendMessage", "cake", "14155550123"]) expect(stored).not.toContain(text);
});

test("it is read by pages, newest first, by those who may, each their own", async () => {
  const { token } = tenant;
  for (const name of ["a", "b", "c"]) await system.call("createSession", { token, body: { name } });
  const query = { limit: "2" };
  const first = await system.call("listAudit", { token, query });
  const cursor = first.body.nextCursor ?? "";
  const second = await system.call("listAudit", { token, query: { ...query, cursor } });
  const ids = [...first.body.data, ...second.body.data].map(({ id }) => id);
  expect(ids).toEqual((await entries()).map(({ id }) => id));
  expect(ids).toHaveLength(3);

  const stranger = await system.createTenant();
  expect((await system.call("listAudit", { token: stranger.token })).body.data).toEqual([]);
  const foreign = await system.call("listAudit", { token: stranger.token, query: { cursor } });
  expect(foreign.problem.code).toBe("validation_failed");
  const member = await system.createUser(tenant.accountId, "member");
  expect((await system.call("listAudit", { token: member.token })).status).toBe(403);
});

test("entries leave after their time", async () => {
  await system.call("createSession", { token: tenant.token, body: { name: "a" } });
  system.advance(90 * 24 * 3_600_000);
  tenant = { ...tenant, token: await system.signInAs(tenant) };
  expect(await entries()).toEqual([]);
});

test("an operator's change shows in the account's own audit", async () => {
  const { accountId } = tenant;
  const params = { accountId };
  await system.call("setTier", { token: operatorSecret, params, body: { tier: "pro" } });
  expect(await entries()).toMatchObject([
    {
      action: "setTier",
      actor: { kind: "operator", id: null },
      target: { accountId, tier: "pro" },
    },
  ]);
});

test("reading leaves no entry and costs no write; changing costs one more", async () => {
  const { token } = tenant;
  const writes = () => system.dynamodb.meter.read()["dynamodb.write-units"] ?? 0;
  const before = writes();
  await system.call("listSessions", { token });
  expect(writes() - before).toBe(0);
  await system.call("createTicket", { token });
  expect(writes() - before).toBe(2);
});

test("an audit that cannot be written does not undo what was done, and the log has the entry", async () => {
  const stop = system.dynamodb.faults.add({
    kind: "refuse",
    operation: "PutItem",
    match: "-audit",
  });
  const made = await system.call("createSession", { token: tenant.token, body: { name: "a" } });
  stop();
  expect(made.status).toBe(201);
  expect(system.logLines.join()).toContain("audit entry could not be written");
});

test("every route that may change something is one that the audit knows", () => {
  const changing = Object.values<RouteDefinition>(routes).filter(
    ({ method, audited }) => method !== "GET" && audited !== false,
  );
  expect(changing.length).toBeGreaterThan(10);
  const silent = changing.filter(({ auth, limit }) => auth.access === "public" && !limit);
  expect(silent).toEqual([]);
});

test("what is left out of the audit are sends alone, each a message that says who sent it", () => {
  const leftOut = Object.values<RouteDefinition>(routes).filter(({ audited }) => audited === false);
  expect(leftOut.map(({ name }) => name)).toContain("sendMessage");
  for (const { name, responses } of leftOut) {
    const made = Object.values(responses).map(({ body }) => body);
    expect(made, name).toEqual([acceptedMessageSchema]);
  }
});

test("a message that is taken back before its time says so in the audit", async () => {
  const { sessionId } = await createSessionIn(system, tenant);
  const { token } = tenant;
  const params = { sessionId };
  const sendAt = new Date(system.now() + 3_600_000).toISOString();
  const body = { to: "14155550123", type: "text", text: { body: "later" }, sendAt };
  const { id: messageId } = (await system.call("sendMessage", { token, params, body })).body;
  const gone = await system.call("deleteMessage", { token, params: { sessionId, messageId } });
  expect(gone.status).toBe(204);
  const { data } = (await system.call("listAudit", { token })).body;
  expect(data[0]).toMatchObject({ action: "deleteMessage", target: { messageId }, status: 204 });
});
