import * as items from "#functions/store/items.ts";
import type { EventDraft } from "#shared/contracts/event.ts";
import { newId } from "#shared/ids.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { messageIdOf } from "#shared/message-id.ts";
import { expect, test } from "vitest";
import { createSessionIn, dispatchEvents, makeEvent, messageStatusDraft } from "./events.ts";
import { receivedDraft } from "./events.ts";
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
  const waiting = await send(owner, "hello", { queueWhenOffline: true });
  expect(waiting.status).toBe(202);
  // In the queue, behind what was accepted before: as an item it would go first.
  expect(await system.takeCommands()).toMatchObject([{ messageId: waiting.body.id }]);
  const key = messageKey(owner.sessionId, waiting.body.id);
  const item = await items.find<MessageItem>(system.messages, key);
  expect(item).toMatchObject({ status: "queued", dueIn: "keep" });
  expect(item).not.toHaveProperty("parkedIn");
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

test("what changes a message is none to react to, change, quote or forward; nor is one that was deleted", async () => {
  const owner = await createSessionIn(system, tenant);
  let seq = 1;
  const tell = (draft: Parameters<typeof makeEvent>[2]) =>
    dispatchEvents(system, owner, makeEvent(owner, `1.${(seq += 1)}`, draft));
  const messageId = newId("message");
  await tell(receivedDraft(messageId, "hi"));
  const on = (id: string, body?: object) => ({
    token: tenant.token,
    params: { sessionId: owner.sessionId, messageId: id },
    ...(body && { body }),
  });
  const reacted = await system.call("reactToMessage", on(messageId, { emoji: "👍" }));
  const reaction = reacted.body.id;
  await tell(messageStatusDraft(reaction, "delivered"));
  const to = "14155550123";
  const refused = [
    await system.call("reactToMessage", on(reaction, { emoji: "👍" })),
    await system.call("editMessage", on(reaction, { text: { body: "no" } })),
    await system.call("deleteMessage", on(reaction)),
    await system.call("forwardMessage", on(reaction, { to })),
  ];
  const codes = refused.map(({ problem }) => problem.code);
  expect(codes).toEqual(Array.from({ length: 4 }, () => "message_unchangeable"));
  const quoting = await send(owner, "yes", { replyTo: reaction });
  expect(quoting.problem.fields).toMatchObject([{ path: "replyTo" }]);

  const about = { id: `${to}@s.whatsapp.net`, phone: `+${to}`, lid: null };
  const deleted = { messageId, whatsappId: "3A0011", chat: about, from: about, fromMe: false };
  const deletedAt = new Date().toISOString();
  await tell({ type: "message.deleted", data: { ...deleted, deletedAt } });
  const forwarded = await system.call("forwardMessage", on(messageId, { to }));
  expect(forwarded.problem.code).toBe("message_unchangeable");
});

test("a picture is forwarded with the caption that it has by now", async () => {
  const owner = await createSessionIn(system, tenant);
  const messageId = newId("message");
  const draft = receivedDraft(messageId, "") as Extract<EventDraft, { type: "message.received" }>;
  const image = { mediaId: newId("media"), mimetype: "image/jpeg", mediaStatus: "ready" } as const;
  draft.data.content = { type: "image", image: { ...image, caption: "a veiw" } };
  const { chat, from, sentAt: editedAt } = draft.data;
  const about = { messageId, whatsappId: "3A0011", chat, from, fromMe: false };
  await dispatchEvents(
    system,
    owner,
    makeEvent(owner, "1.2", draft),
    makeEvent(owner, "1.3", {
      type: "message.edited",
      data: { ...about, body: "a view", editedAt },
    }),
  );
  const params = { sessionId: owner.sessionId, messageId };
  const body = { to: "14155550123" };
  await system.call("forwardMessage", { token: tenant.token, params, body });
  const [command] = (await system.takeCommands()).slice(-1);
  expect(command).toMatchObject({ content: { type: "image", image: { caption: "a view" } } });
});
