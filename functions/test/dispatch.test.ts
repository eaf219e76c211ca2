import { newId } from "#shared/ids.ts";
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import { expect, test } from "vitest";
import * as items from "#functions/store/items.ts";
import { eventLogPrefix } from "#shared/items/message-item.ts";
import {
  dispatchEvents,
  makeEvent,
  messageStatusDraft,
  qrDraft,
  receivedDraft,
  statusDraft,
  toRecord,
  toReplay,
} from "./events.ts";
import type { Owner } from "./events.ts";
import { context } from "./start-system.ts";
import type { System } from "./start-system.ts";
import { withSession } from "./with-session.ts";
import type { Tenant } from "./with-tenant.ts";

let system: System;
let tenant: Tenant;
let owner: Owner;
withSession((scene) => ({ system, tenant, owner } = scene));

const dispatch = (...events: Parameters<typeof makeEvent>[]) =>
  dispatchEvents(system, owner, ...events.map((event) => makeEvent(...event)));

function on(more: Record<string, string> = {}) {
  return { token: tenant.token, params: { sessionId: owner.sessionId, ...more } };
}

async function sendOne(): Promise<string> {
  const body = { to: "14155550123", type: "text", text: { body: "hi" } };
  return (await system.call("sendMessage", { ...on(), body })).body.id;
}

const messageOf = async (messageId: string) =>
  (await system.call("getMessage", on({ messageId }))).body;

const statusNow = async () => (await system.call("getSession", on())).body.status;

test("a received message can be read, however often its event comes", async () => {
  const messageId = newId("message");
  const event = makeEvent(owner, "1.2", receivedDraft(messageId, "hello"));
  await dispatchEvents(system, owner, event);
  await dispatchEvents(system, owner, event);
  await system.dispatch({ Records: [toRecord(owner, [event], 2)] }, context);
  const listed = await system.call("listMessages", on());
  expect(listed.body.data).toMatchObject([
    { id: messageId, direction: "inbound", status: "delivered", from: { phone: "+14155550123" } },
  ]);
  const events = await system.call("listEvents", { ...on(), query: { after: "1.1" } });
  expect(events.body.data).toEqual([event]);
});

const orders: [MessageStatus[], MessageStatus][] = [
  [["sent", "delivered", "read"], "read"],
  [["read", "delivered", "sent"], "read"],
  [["delivered", "failed"], "delivered"],
  [["unknown", "sent"], "sent"],
  [["failed", "delivered"], "delivered"],
  [["sent", "queued"], "sent"],
];

test.for(orders)("statuses %j leave a message %s", async ([statuses, last]) => {
  const messageId = await sendOne();
  for (const [index, status] of statuses.entries()) {
    await dispatch([owner, `1.${index + 2}`, messageStatusDraft(messageId, status)]);
  }
  const message = await messageOf(messageId);
  expect(message.status).toBe(last);
  if (statuses.includes("read")) {
    expect([message.sentAt, message.deliveredAt, message.readAt]).not.toContain(null);
  }
});

test.for(orders)("statuses %j that come together leave a message %s", async ([statuses, last]) => {
  const messageId = await sendOne();
  const events = statuses.map((status, index) => {
    const at = new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString();
    const draft = messageStatusDraft(messageId, status);
    return { ...makeEvent(owner, `1.${index + 2}`, draft), at };
  });
  await dispatchEvents(system, owner, ...events);
  const message = await messageOf(messageId);
  expect(message.status).toBe(last);
  if (statuses[0] === "sent" && last === "read") {
    const { sentAt, deliveredAt, readAt } = message;
    expect([sentAt, deliveredAt, readAt]).toEqual(events.map(({ at }) => at));
  }
});

test("what waited in the queue is one item of the log, and one that comes again hides none of it", async () => {
  const events = Array.from({ length: 6 }, (_, i) =>
    makeEvent(owner, `1.${i + 2}`, receivedDraft(newId("message"), `m${i}`)),
  );
  const inRecords = [events.slice(0, 2), events.slice(2, 4), events.slice(4)];
  const Records = inRecords.map((some) => toRecord(owner, some));
  await system.dispatch({ Records }, context);
  expect(await items.count(system.messages, owner.sessionId, eventLogPrefix)).toBe(2);
  await system.dispatch({ Records: [toRecord(owner, events.slice(2, 4), 2)] }, context);
  for (const [index] of events.entries()) {
    const query = { after: `1.${index + 1}` };
    const { body } = await system.call("listEvents", { ...on(), query });
    expect(body.data).toEqual(events.slice(index));
  }
});

test("what comes again after the queue has forgotten it changes nothing", async () => {
  const events = [2, 3].map((seq) =>
    makeEvent(owner, `1.${seq}`, receivedDraft(newId("message"), "hi")),
  );
  const Records = events.map((event) => toRecord(owner, [event]));
  await system.dispatch({ Records }, context);
  const [, second] = events;
  if (!second) throw new Error("there are two");
  system.advance(6 * 60_000);
  const before = system.work.take().length;
  await dispatchEvents(system, owner, second);
  expect(system.work.take()).toHaveLength(before);
  const { body } = await system.call("listEvents", { ...on(), query: { after: "1.2" } });
  expect(body.data).toEqual([second]);
});

test("a session's status never goes back to what an older event says", async () => {
  await dispatch([owner, "2.1", statusDraft("reconnecting")]);
  await dispatch([owner, "1.9", statusDraft("active")]);
  expect(await statusNow()).toBe("reconnecting");
  await dispatch([owner, "2.10", statusDraft("active")]);
  await dispatch([owner, "2.9", statusDraft("error")]);
  expect(await statusNow()).toBe("active");
});

test("the QR code leaves with its state", async () => {
  const until = system.now() + 60_000;
  await dispatch([owner, "2.1", statusDraft("qr_ready")], [owner, "2.2", qrDraft(until)]);
  const hasQrCode = async () => (await system.call("getSessionStatus", on())).body.hasQrCode;
  expect(await hasQrCode()).toBe(true);
  await dispatch([owner, "2.3", statusDraft("error")], [owner, "2.4", statusDraft("qr_ready")]);
  expect(await hasQrCode()).toBe(false);
});

test("events of an unknown session change nothing and do not block the queue", async () => {
  const nobody = { sessionId: newId("session"), accountId: tenant.accountId };
  const failed = await dispatchEvents(
    system,
    nobody,
    makeEvent(nobody, "1.1", statusDraft("active")),
    makeEvent(nobody, "1.2", messageStatusDraft(newId("message"), "sent")),
  );
  expect(failed).toEqual([]);
  const params = { sessionId: nobody.sessionId };
  expect((await system.call("getSession", { token: tenant.token, params })).status).toBe(404);
});

test("events come page by page after a cursor, also from the middle of a batch, each once", async () => {
  const drafts = Array.from({ length: 6 }, (_, i) =>
    makeEvent(owner, `1.${i + 2}`, receivedDraft(newId("message"), `m${i}`)),
  );
  await dispatchEvents(system, owner, ...drafts.slice(0, 3));
  await dispatchEvents(system, owner, ...drafts.slice(3));
  // A new owner that could not know publishes one of them again, and that is delivered twice.
  const replays = [1, 2].map((count) => toReplay(owner, drafts.slice(1, 2), count));
  for (const replay of replays) await system.dispatch({ Records: [replay] }, context);
  const middle = await system.call("listEvents", { ...on(), query: { after: "1.3" } });
  expect(middle.body.data).toEqual(drafts.slice(2));
  const seen: string[] = [];
  let after = "1.1";
  for (;;) {
    const query = { after, limit: "2" };
    const { body } = await system.call("listEvents", { ...on(), query });
    if (body.data.length === 0) {
      expect(body.nextCursor).toBe(after);
      break;
    }
    seen.push(...body.data.map((event) => event.cursor));
    after = body.nextCursor ?? "";
  }
  expect(seen).toEqual(drafts.map((event) => event.cursor));
});
