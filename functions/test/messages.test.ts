import * as items from "#functions/store/items.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { messageIdOf } from "#shared/message-id.ts";
import { expect, test } from "vitest";
import { createSessionIn } from "./events.ts";
import type { Owner } from "./events.ts";
import type { System } from "./start-system.ts";
import { withTenant } from "./with-tenant.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
withTenant((scene) => ({ system, tenant } = scene));

function send({ sessionId }: Owner, body: string, more: Record<string, unknown> = {}) {
  return system.call("sendMessage", {
    token: tenant.token,
    params: { sessionId },
    body: { to: "+14155550123", type: "text", text: { body }, ...more },
  });
}

test("an accepted message is stored, and queued for its session under the same ids", async () => {
  const owner = await createSessionIn(system, tenant);
  const { status, body } = await send(owner, "hello");
  expect(status).toBe(202);
  expect(body).toMatchObject({ to: "14155550123@s.whatsapp.net", status: "queued" });
  expect(messageIdOf(owner.sessionId, body.whatsappId)).toBe(body.id);
  expect(await system.takeCommands()).toMatchObject([
    {
      type: "message.send.v1",
      ...owner,
      messageId: body.id,
      whatsappId: body.whatsappId,
      to: "14155550123@s.whatsapp.net",
      content: { type: "text", text: { body: "hello" } },
    },
  ]);
  const params = { sessionId: owner.sessionId, messageId: body.id };
  const found = await system.call("getMessage", { token: tenant.token, params });
  expect(found.body).toMatchObject({ status: "queued", direction: "outbound", sentAt: null });
  expect(system.logLines.join()).not.toContain("hello");
});

test("accepting costs two reads (session, sign-in), two write units (the message and its place in the chat) and one queue request", async () => {
  const owner = await createSessionIn(system, tenant);
  system.dynamodb.meter.reset();
  system.sqs.meter.reset();
  await send(owner, "hello");
  const units = { "dynamodb.read-units": 2, "dynamodb.write-units": 2 };
  expect(system.dynamodb.meter.read()).toMatchObject(units);
  expect(system.sqs.meter.read()).toMatchObject({ "sqs.requests": 1 });
});

test("a session that is not connected refuses, or has the message wait when asked to", async () => {
  const owner = await createSessionIn(system, tenant, "inactive");
  const refused = await send(owner, "hello");
  expect(refused.problem.code).toBe("session_not_connected");
  const parked = await send(owner, "hello", { queueWhenOffline: true });
  expect(parked.status).toBe(202);
  // Queued all the same: the session may be opening in this instant.
  expect(await system.takeCommands()).toMatchObject([{ messageId: parked.body.id }]);
  const key = messageKey(owner.sessionId, parked.body.id);
  const item = await items.find<MessageItem>(system.messages, key);
  expect(item?.parkedIn).toBe(owner.sessionId);
});

test.for(["connecting", "reconnecting"] as const)("while %s, messages queue", async (state) => {
  const owner = await createSessionIn(system, tenant, state);
  expect((await send(owner, "hello")).status).toBe(202);
  expect(await system.takeCommands()).toHaveLength(1);
});

test("messages are listed newest first, page by page, each once", async () => {
  const owner = await createSessionIn(system, tenant);
  const sent: string[] = [];
  for (let i = 0; i < 7; i += 1) {
    system.advance(1);
    sent.unshift((await send(owner, `m${i}`)).body.id);
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: "3", ...(cursor !== null && { cursor }) };
    const params = { sessionId: owner.sessionId };
    const page: { data: { id: string }[]; nextCursor: string | null } = (
      await system.call("listMessages", { token: tenant.token, params, query })
    ).body;
    seen.push(...page.data.map((message) => message.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(sent);
});

test("a message that expires says so to whoever sends it", async () => {
  const owner = await createSessionIn(system, tenant);
  const before = system.now();
  const { status } = await send(owner, "soon", { expiresIn: 60 });
  expect(status).toBe(202);
  const [command] = await system.takeCommands();
  if (command?.type !== "message.send.v1") throw new Error("no send command");
  expect(command.expiresAt).toBeGreaterThanOrEqual(before + 60_000);
  expect((await send(owner, "never", { expiresIn: 0 })).status).toBe(400);
});
