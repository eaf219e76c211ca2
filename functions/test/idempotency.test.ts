import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, statusDraft } from "./events.ts";
import type { Owner } from "./events.ts";
import type { RequestOptions } from "./request-event.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let token: string;
let sessionId: string;
let owner: Owner;

beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());
beforeEach(async () => {
  const tenant = await system.createTenant();
  token = tenant.token;
  owner = await createSessionIn(system, tenant);
  ({ sessionId } = owner);
  system.sqs.faults.clear();
  while ((await system.takeCommands()).length > 0);
});

function sending(key: string, body = "hello"): RequestOptions {
  return {
    token,
    params: { sessionId },
    body: { to: "14155550123", type: "text", text: { body } },
    headers: { "idempotency-key": key },
  };
}

async function sentMessages(): Promise<string[]> {
  const commands = await system.takeCommands();
  return commands.flatMap((command) =>
    command.type === "message.send.v1" ? [command.messageId] : [],
  );
}

test("a repeated request gets the first answer and sends once", async () => {
  const first = await system.call("sendMessage", sending("a"));
  const second = await system.call("sendMessage", sending("a"));
  expect(second.text).toBe(first.text);
  expect([first, second].map((answer) => answer.headers["idempotent-replayed"])).toEqual([
    undefined,
    "true",
  ]);
  expect(await sentMessages()).toEqual([first.body.id]);
});

test("a repetition gets the first answer although the session cannot send any more, and costs no write", async () => {
  const first = await system.call("sendMessage", sending("offline"));
  await dispatchEvents(system, owner, makeEvent(owner, "1.2", statusDraft("error")));
  const stop = system.dynamodb.faults.add({ kind: "refuse", operation: "UpdateItem" });
  const second = await system.call("sendMessage", sending("offline"));
  stop();
  expect([second.status, second.text]).toEqual([202, first.text]);
  const other = await system.call("sendMessage", sending("offline, another key"));
  expect(other.problem.code).toBe("session_not_connected");
});

test("the same key with another body is refused", async () => {
  await system.call("sendMessage", sending("b"));
  const other = await system.call("sendMessage", sending("b", "bye"));
  expect([other.status, other.problem.code]).toEqual([409, "idempotency_key_reused"]);
});

test("ten requests at once with one key make one message", async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => system.call("sendMessage", sending("c"))),
  );
  const accepted = answers.filter((answer) => answer.status === 202);
  const refused = answers.filter((answer) => answer.status !== 202);
  expect(accepted.length).toBeGreaterThan(0);
  expect(new Set(accepted.map((answer) => answer.body.id)).size).toBe(1);
  for (const { problem } of refused) expect(problem.code).toBe("idempotency_key_in_progress");
  expect(await sentMessages()).toHaveLength(1);
  const listed = await system.call("listMessages", { token, params: { sessionId } });
  expect(listed.body.data).toHaveLength(1);
});

test("a retry after a failure between storing and queueing continues with the same message", async () => {
  system.sqs.faults.add({ kind: "refuse", operation: "SendMessage", times: 1 });
  const failed = await system.call("sendMessage", sending("d"));
  expect(failed.problem.code).toBe("unavailable");
  const retried = await system.call("sendMessage", sending("d"));
  expect(retried.status).toBe(202);
  expect(await sentMessages()).toEqual([retried.body.id]);
  const listed = await system.call("listMessages", { token, params: { sessionId } });
  expect(listed.body.data.map((message) => message.id)).toEqual([retried.body.id]);
});

test("a retry after an answer that was lost does not send again", async () => {
  system.sqs.faults.add({ kind: "drop-answer", operation: "SendMessage", times: 1 });
  expect((await system.call("sendMessage", sending("e"))).status).toBe(503);
  const retried = await system.call("sendMessage", sending("e"));
  expect(await sentMessages()).toEqual([retried.body.id]);
});

test("a try that crashed is taken over once its time is up", async () => {
  // A crash leaves the claim locked, as does a failure whose release fails too.
  const { id: messageId } = (await system.call("sendMessage", sending("e, to be forwarded"))).body;
  await sentMessages();
  const forwarding = {
    ...sending("f"),
    params: { sessionId, messageId },
    body: { to: "14155550123" },
  };
  system.sqs.faults.add({ kind: "refuse", operation: "SendMessage", times: 1 });
  const stop = system.dynamodb.faults.add({ kind: "refuse", operation: "UpdateItem" });
  await system.call("forwardMessage", forwarding);
  stop();
  const early = await system.call("forwardMessage", forwarding);
  expect(early.problem.code).toBe("idempotency_key_in_progress");
  system.advance(31_000);
  const late = await system.call("forwardMessage", forwarding);
  expect(late.status).toBe(202);
  expect(await sentMessages()).toEqual([late.body.id]);
});

test("keys of different accounts are different keys", async () => {
  const first = await system.call("sendMessage", sending("g"));
  const other = await system.createTenant();
  token = other.token;
  sessionId = (await createSessionIn(system, other)).sessionId;
  const foreign = await system.call("sendMessage", sending("g"));
  expect(foreign.status).toBe(202);
  expect(foreign.body.id).not.toBe(first.body.id);
});

test("what was made for one who may do more is not shown to another who repeats the request", async () => {
  const make = { name: "all", scopes: ["account:admin", "messages:send"] };
  const weak = { name: "weak", scopes: ["account:admin", "account:read"] };
  const { key: apiKey } = (await system.call("createKey", { token, body: weak })).body;
  const headers = { "idempotency-key": "1" };
  const first = await system.call("createKey", { token, body: make, headers });
  const other = await system.call("createKey", { apiKey, body: make, headers });
  expect([other.status, other.problem.code]).toEqual([409, "idempotency_key_reused"]);
  const again = await system.call("createKey", { token, body: make, headers });
  expect(again.body.key).toBe(first.body.key);

  const invite = { body: { email: "boss@example.com", role: "owner" } };
  const asked = { ...invite, headers: { "idempotency-key": "2" } };
  expect((await system.call("inviteUser", { token, ...asked })).status).toBe(201);
  expect((await system.call("inviteUser", { apiKey, ...asked })).status).toBe(409);
});

test("a key is free again after a day", async () => {
  const made = await system.call("createKey", {
    token,
    body: { name: "x", scopes: ["messages:send"] },
  });
  const send = (body: string) => {
    const { token: _, ...options } = sending("h", body);
    return system.call("sendMessage", { ...options, apiKey: made.body.key });
  };
  const first = await send("one");
  system.advance(25 * 3_600_000);
  const later = await send("two");
  expect([first.status, later.status]).toEqual([202, 202]);
});
