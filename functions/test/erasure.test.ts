import { eraseSession } from "#functions/wake/erase-session.ts";
import type { EventDraft, EventOf } from "#shared/contracts/event.ts";
import { newId } from "#shared/ids.ts";
import { sessionErasureKey } from "#shared/items/erasure-item.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allItems } from "./all-items.ts";
import { createTestWake } from "./create-test-wake.ts";
import {
  createSessionIn,
  dispatchEvents,
  makeEvent,
  messageStatusDraft,
  receivedDraft,
} from "./events.ts";
import type { Owner } from "./events.ts";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;
let tenant: Awaited<ReturnType<System["createTenant"]>>;

beforeAll(async () => (system = await startSystem()));
// Tokens do not outlive the jumps of the clock.
beforeEach(async () => (tenant = await system.createTenant()));
afterAll(() => system[Symbol.asyncDispose]());

const hourMs = 3_600_000;

function wake(): Promise<void> {
  return createTestWake(system)("messages");
}

function imageDraft(messageId: string, mediaId: string): EventDraft {
  const draft = receivedDraft(messageId, "") as { data: EventOf<"message.received">["data"] };
  const image = { mediaId, mimetype: "image/jpeg", size: 3, mediaStatus: "pending" as const };
  return {
    type: "message.received",
    data: { ...draft.data, content: { type: "image", image } },
  };
}

/** A session with messages both ways, a received file, one that was sent, a batch and a contact. */
async function busySession(name: string) {
  const owner: Owner = await createSessionIn(system, tenant, "active", name);
  const params = { sessionId: owner.sessionId };
  const { token, accountId } = tenant;
  const [received, uploaded] = [newId("media"), newId("media")];
  for (const id of [received, uploaded]) {
    await system.media.put(accountId, id, Buffer.from("abc"), "image/jpeg");
  }
  const text = { type: "text", text: { body: `secret of ${name}` } };
  const to = "14155550123";
  await system.call("sendMessage", { token, params, body: { to, ...text } });
  const image = { type: "image", image: { mediaId: uploaded } };
  await system.call("sendMessage", { token, params, body: { to, ...image } });
  const batch = { message: text, recipients: [{ to }] };
  await system.call("createBatch", { token, params, body: batch });
  const messageId = newId("message");
  await dispatchEvents(
    system,
    owner,
    makeEvent(owner, "1.2", receivedDraft(newId("message"), `answer to ${name}`)),
    makeEvent(owner, "1.3", imageDraft(messageId, received)),
  );
  return { owner, params, messageId, received, uploaded };
}

const isStored = (mediaId: string) => system.media.stored.has(`${tenant.accountId}/${mediaId}`);

test("of a deleted session nothing is left but what it is billed for; another one loses nothing", async () => {
  const gone = await busySession("gone");
  const stays = await busySession("stays");
  const { token } = tenant;
  await system.call("deleteSession", { token, params: gone.params });
  await wake();
  // Its last events are for its webhooks to tell.
  expect(await allItems(system.messages)).toContain("secret of gone");
  system.advance(2 * hourMs);
  await wake();
  const left = await allItems(system.messages);
  expect(left).not.toMatch(/(?:secret of|answer to) gone/);
  const items = JSON.parse(left) as { pk: string; sk: string }[];
  const ofSession = items.filter((item) => JSON.stringify(item).includes(gone.owner.sessionId));
  expect(ofSession.every(({ pk }) => pk.startsWith("tally"))).toBe(true);
  expect(ofSession).not.toEqual([]);
  expect(left).toMatch(/secret of stays.*answer to stays|answer to stays.*secret of stays/s);
  expect([isStored(gone.received), isStored(gone.uploaded)]).toEqual([false, true]);
  expect(isStored(stays.received)).toBe(true);
});

test("an erasure that has no time left goes on where it ended", async () => {
  const { owner, params } = await busySession("large");
  await system.call("deleteSession", { token: tenant.token, params });
  const deps = { messages: system.messages, removeFile: system.media.remove };
  const key = sessionErasureKey(owner.sessionId);
  expect(await eraseSession(deps, key, () => true)).toBe(false);
  system.advance(2 * hourMs);
  await wake();
  expect(await allItems(system.messages)).not.toContain("large");
  expect(await eraseSession(deps, key, () => false)).toBe(true);
});

test("what the event log says of erased messages is taken out of it; their places stay", async () => {
  const { owner, params, messageId } = await busySession("logged");
  const { token } = tenant;
  const listed = async () => (await system.call("listEvents", { token, params })).body.data;
  const before = await listed();
  const counted = async () => (await system.call("getStatistics", { token })).body.data;
  const counts = await counted();
  await dispatchEvents(
    system,
    owner,
    makeEvent(owner, "1.4", receivedDraft(newId("message"), "another one")),
  );
  await system.call("eraseMessages", { token, params, body: { messageId } });
  await wake();
  const after = await listed();
  expect(after.map(({ cursor }) => cursor)).toEqual([...before.map(({ cursor }) => cursor), "1.4"]);
  const erased = after.find(({ cursor }) => cursor === "1.3");
  expect(erased?.data).toMatchObject({
    content: { type: "unavailable", unavailable: { reason: "erased" } },
    from: { id: "", phone: null, lid: null },
  });
  expect(after.find(({ cursor }) => cursor === "1.2")).toEqual(
    before.find(({ cursor }) => cursor === "1.2"),
  );
  const texts = { kind: "text", status: "received" };
  expect((await counted()).filter(({ kind }) => kind === "image")).toEqual(
    counts.filter(({ kind }) => kind === "image"),
  );
  expect(await counted()).toContainEqual(expect.objectContaining(texts));
});

test("an erased message takes the file that came with it along", async () => {
  const { params, messageId, received } = await busySession("picture");
  const erased = await system.call("eraseMessages", {
    token: tenant.token,
    params,
    body: { messageId },
  });
  expect(erased.body).toEqual({ erased: 1, more: false });
  expect(isStored(received)).toBe(false);
});

test("receipts that come after a message was erased, of its members too, leave nothing of its recipient", async () => {
  const { owner, params } = await busySession("receipts");
  const { token } = tenant;
  const body = { to: "4915112345678", type: "text", text: { body: "hello" } };
  const { id: messageId } = (await system.call("sendMessage", { token, params, body })).body;
  await system.call("eraseMessages", { token, params, body: { messageId } });
  await wake();
  const draft = (status: "sent" | "delivered", more: object) => {
    const { data } = messageStatusDraft(messageId, status) as { data: object };
    return { type: "message.status", data: { ...data, to: body.to, ...more } } as EventDraft;
  };
  const recipient = { id: body.to, phone: `+${body.to}`, lid: null };
  const events = [draft("sent", {}), draft("delivered", { recipient })].map((one, index) =>
    makeEvent(owner, `1.${index + 5}`, one),
  );
  // With one that is none of its business.
  await dispatchEvents(
    system,
    owner,
    makeEvent(owner, "1.4", receivedDraft(newId("message"), "hi")),
    ...events,
  );
  expect(await allItems(system.messages)).not.toContain(body.to);
  const listed = (await system.call("listEvents", { token, params })).body.data;
  expect(listed.slice(-3)).toMatchObject([
    { cursor: "1.4", data: { content: { text: { body: "hi" } } } },
    { cursor: "1.5", data: { messageId, status: "sent", to: "" } },
    { cursor: "1.6", data: { messageId, status: "delivered", to: "", recipient: { id: "" } } },
  ]);
});

test("what quotes an erased message, or has edited it, says nothing of it either", async () => {
  const { owner, params } = await busySession("quoted");
  const { token } = tenant;
  const send = (body: object) =>
    system.call("sendMessage", { token, params, body: { to: "14155550123", ...body } });
  const first = (await send({ type: "text", text: { body: "a slip of the tongue" } })).body.id;
  const status = messageStatusDraft(first, "sent");
  await dispatchEvents(system, owner, makeEvent(owner, "1.4", status));
  const answer = { type: "text", text: { body: "as I said" }, replyTo: first };
  const { id: quoting } = (await send(answer)).body;
  await dispatchEvents(system, owner, makeEvent(owner, "1.5", messageStatusDraft(quoting, "sent")));
  const edit = { text: { body: "another slip of the tongue" } };
  await system.call("editMessage", { token, params: { ...params, messageId: first }, body: edit });
  await system.call("eraseMessages", { token, params, body: { messageId: first } });
  await wake();
  const left = await allItems(system.messages);
  expect(left).not.toContain("slip of the tongue");
  expect(left).toContain("as I said");
});
