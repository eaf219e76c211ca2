import { expect, test } from "vitest";
import type { FileKind } from "#shared/contracts/message-limits.ts";
import { newId } from "#shared/ids.ts";
import { dispatchEvents, makeEvent, messageStatusDraft } from "./events.ts";
import type { Owner } from "./events.ts";
import type { System } from "./start-system.ts";
import { withSession } from "./with-session.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
let owner: Owner;
withSession((scene) => ({ system, tenant, owner } = scene));

function send(type: FileKind, file: object, to = "+14155550123") {
  const params = { sessionId: owner.sessionId };
  const body = { to, type, [type]: file };
  return system.call("sendMessage", { token: tenant.token, params, body });
}

/** A file that is in the store. */
async function kept(bytes: number, mimetype: string, accountId = owner.accountId) {
  const mediaId = newId("media");
  await system.media.put(accountId, mediaId, Buffer.alloc(bytes), mimetype);
  return mediaId;
}

test("a small file in base64 is stored, so that the queue carries its name only", async () => {
  const base64 = Buffer.from("a picture").toString("base64");
  const { status } = await send("image", { base64, mimetype: "image/png", caption: "look" });
  expect(status).toBe(202);
  const [command] = await system.takeCommands();
  const content = command?.type === "message.send.v1" ? command.content : undefined;
  const mediaId = content?.type === "image" ? (content.image.mediaId ?? "") : "";
  expect(content).toEqual({
    type: "image",
    image: { mediaId, mimetype: "image/png", size: 9, caption: "look" },
  });
  expect(await system.media.find(owner.accountId, mediaId)).toMatchObject({ size: 9 });
});

test.for<[string, FileKind, string, number, object]>([
  ["a page", "image", "text/html", 10, {}],
  ["a WAV", "audio", "audio/wav", 10, {}],
  ["an MP3", "audio", "audio/mpeg", 10, { voice: true }],
  ["a PNG", "sticker", "image/png", 10, {}],
  ["a sticker that is too large", "sticker", "image/webp", 600_000, {}],
  ["an empty file", "document", "application/pdf", 0, {}],
])("%s is not taken as such", async ([, type, mimetype, bytes, more]) => {
  const refused = await send(type, { mediaId: await kept(bytes, mimetype), ...more });
  expect([refused.status, refused.problem.code]).toEqual([422, "media_unfit"]);
  expect(await system.takeCommands()).toEqual([]);
});

test("a file that is not there, or another account's, is not found", async () => {
  const { accountId } = await system.createTenant();
  for (const mediaId of [newId("media"), await kept(10, "image/png", accountId)]) {
    expect((await send("image", { mediaId })).problem.code).toBe("media_not_found");
    const { status } = await system.call("getMedia", { token: tenant.token, params: { mediaId } });
    expect(status).toBe(404);
  }
});

test("a message that WhatsApp does not have cannot be edited, deleted or reacted to", async () => {
  const params = { sessionId: owner.sessionId };
  const text = { to: "+14155550123", type: "text", text: { body: "hello" } };
  const sent = await system.call("sendMessage", { token: tenant.token, params, body: text });
  // It outlives the times that pass here.
  const made = await system.call("createKey", {
    token: tenant.token,
    body: { name: "key", scopes: ["messages:send"] },
  });
  const request = { apiKey: made.body.key, params: { ...params, messageId: sent.body.id } };
  const edit = { ...request, body: { text: { body: "bye" } } };
  expect((await system.call("editMessage", edit)).problem.code).toBe("message_unchangeable");
  expect((await system.call("deleteMessage", request)).status).toBe(409);
  const status = messageStatusDraft(sent.body.id, "sent");
  await dispatchEvents(system, owner, makeEvent(owner, "2.1", status));
  expect((await system.call("editMessage", edit)).status).toBe(202);
  system.advance(16 * 60_000);
  expect((await system.call("editMessage", edit)).problem.detail).toContain("15 minutes");
  expect((await system.call("deleteMessage", request)).status).toBe(202);
  system.advance(3 * 24 * 3_600_000);
  expect((await system.call("deleteMessage", request)).status).toBe(409);
});

test("a message that is to leave later is cancelled by deleting it", async () => {
  const params = { sessionId: owner.sessionId };
  const sendAt = new Date(system.now() + 3_600_000).toISOString();
  const body = { to: "+14155550123", type: "text", text: { body: "later" }, sendAt };
  const sent = await system.call("sendMessage", { token: tenant.token, params, body });
  const request = { token: tenant.token, params: { ...params, messageId: sent.body.id } };
  expect((await system.call("deleteMessage", request)).status).toBe(204);
  const found = await system.call("getMessage", request);
  expect(found.body).toMatchObject({ status: "failed", reason: "cancelled" });
  expect((await system.call("deleteMessage", request)).status).toBe(409);
});

test("a group's members are followed one by one, and never go back", async () => {
  const params = { sessionId: owner.sessionId };
  const body = { to: "120363000000000001@g.us", type: "text", text: { body: "hello all" } };
  const { body: sent } = await system.call("sendMessage", { token: tenant.token, params, body });
  const member = (lid: string) => ({ id: `${lid}@lid`, phone: null, lid: `${lid}@lid` });
  const steps = [
    ["100001", "delivered"],
    ["100002", "delivered"],
    ["100001", "read"],
    ["100001", "delivered"],
  ] as const;
  for (const [index, [lid, status]] of steps.entries()) {
    const { type, data } = messageStatusDraft(sent.id, status);
    const draft = { type, data: { ...data, recipient: member(lid) } } as ReturnType<
      typeof messageStatusDraft
    >;
    await dispatchEvents(system, owner, makeEvent(owner, `2.${index + 1}`, draft));
  }
  const found = await system.call("listRecipients", {
    token: tenant.token,
    params: { ...params, messageId: sent.id },
  });
  expect(found.body.counts).toEqual({ delivered: 2, read: 1, played: 0 });
  expect(found.body.data).toMatchObject([
    { recipient: member("100001"), status: "read" },
    { recipient: member("100002"), status: "delivered" },
  ]);
});
