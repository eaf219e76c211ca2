import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createSessionIn,
  dispatchEvents,
  makeEvent,
  receivedDraft,
} from "#functions/test/events.ts";
import { newId } from "#shared/ids.ts";
import { answer, reset, startReceiver } from "./start-receiver.ts";
import type { Behaviour, Receiver } from "./start-receiver.ts";
import { startWebhooks } from "./start-webhooks.ts";
import type { Webhooks } from "./start-webhooks.ts";

const minute = 60_000;
const hour = 60 * minute;
const schedule = [0, 5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour];
schedule.push(20 * hour, 24 * hour);

let hooks: Webhooks;
let receiver: Receiver;

beforeAll(async () => (hooks = await startWebhooks()));
afterAll(() => hooks[Symbol.asyncDispose]());
beforeEach(async () => (receiver = await startReceiver()));
afterEach(async () => {
  const { apiKey } = hooks;
  for (const { id } of (await hooks.call("listWebhooks", { apiKey })).body.data) {
    await hooks.call("deleteWebhook", { apiKey, params: { webhookId: id } });
  }
  await receiver[Symbol.asyncDispose]();
});

const ids = (events: { id: string }[]) => events.map(({ id }) => id);

test("events come as they are, in order, each once", async () => {
  const { id } = await hooks.create(receiver.url);
  const events = await hooks.receive(5);
  await hooks.run();
  expect(receiver.all.map(({ body }) => JSON.parse(body) as unknown)).toEqual(events);
  expect(receiver.all.map(({ headers }) => headers["webhook-id"])).toEqual(ids(events));
  const listed = await hooks.deliveries(id);
  expect(listed.map(({ eventId }) => eventId)).toEqual(ids(events).toReversed());
  expect(listed[0]).toMatchObject({ status: "succeeded", type: "message.received" });
});

test("only what an endpoint asked for is sent to it", async () => {
  const other = await createSessionIn(hooks, hooks.tenant, "active", "Other");
  await hooks.create(receiver.url, { sessionId: hooks.owner.sessionId });
  await hooks.create(receiver.url, { types: ["session.status"] });
  const [event] = await hooks.receive(1);
  await hooks.receive(1, other);
  await hooks.run();
  expect(receiver.ids()).toEqual([event?.id]);
});

test.each<[string, Behaviour, object]>([
  ["answers 500", answer(500, "sorry"), { statusCode: 500, error: null }],
  ["redirects", answer(302, "", { location: "http://127.0.0.1:1/" }), { statusCode: 302 }],
  ["resets the connection", reset, { statusCode: null, error: "connection_lost" }],
  ["is too slow", () => undefined, { statusCode: null, error: "timeout" }],
])(
  "a receiver that %s is tried again on schedule, then it is a dead letter",
  async (_what, behave, outcome) => {
    receiver.behave(behave);
    const { id } = await hooks.create(receiver.url);
    const [event] = await hooks.receive(1);
    await hooks.run();
    for (const wait of schedule.slice(2)) {
      const count = receiver.all.length;
      await hooks.pass(wait - minute);
      expect(receiver.all, "not before its time").toHaveLength(count);
      await hooks.pass(minute);
      expect(receiver.all, `after ${wait} ms`).toHaveLength(count + 1);
    }
    await hooks.pass(48 * hour);
    expect(receiver.all).toHaveLength(schedule.length);
    expect(new Set(receiver.ids())).toEqual(new Set([event?.id]));
    const [dead] = await hooks.deliveries(id, { status: "failed" });
    expect(dead).toMatchObject({ eventId: event?.id, status: "failed", nextAttemptAt: null });
    expect(dead?.attempts).toHaveLength(schedule.length);
    expect(dead?.attempts[0]).toMatchObject(outcome);
    const gaps = dead?.attempts.map(
      ({ at }, i, all) => Date.parse(at) - Date.parse(all[i - 1]?.at ?? at),
    );
    for (const [i, gap] of (gaps ?? []).entries()) {
      expect(gap).toBeGreaterThanOrEqual(schedule[i] ?? 0);
      expect(gap).toBeLessThan((schedule[i] ?? 0) + 2 * minute);
    }
  },
  60_000,
);

test("a redirect is not followed: nobody is called but the endpoint", async () => {
  const elsewhere = await startReceiver();
  for (const status of [301, 302, 303, 307, 308]) {
    receiver.behave(answer(status, "", { location: elsewhere.url }));
    await hooks.create(receiver.url);
    await hooks.receive(1);
    await hooks.run();
  }
  expect(elsewhere.connections()).toBe(0);
  await elsewhere[Symbol.asyncDispose]();
});

test("those behind wait five minutes for one that fails, then go on without it, in order", async () => {
  const { id } = await hooks.create(receiver.url);
  const [bad, ...good] = await hooks.receive(4);
  receiver.behave((response, { body }) =>
    response.writeHead(body.includes(bad?.id ?? "") ? 500 : 200).end(),
  );
  await hooks.run();
  expect(receiver.ids()).toEqual([bad?.id, bad?.id]);
  await hooks.pass(5 * minute);
  expect(receiver.ids().slice(2)).toEqual([bad?.id, ...ids(good)]);
  receiver.behave(answer(204));
  await hooks.pass(30 * minute);
  expect(receiver.ids().at(-1)).toBe(bad?.id);
  expect(await hooks.deliveries(id, { status: "retrying" })).toEqual([]);
  expect((await hooks.webhook(id)).failingSince).toBeNull();
});

test("a receiver that asks for patience is left alone for so long", async () => {
  receiver.behave(answer(429, "", { "retry-after": "600" }));
  await hooks.create(receiver.url);
  await hooks.receive(1);
  await hooks.run();
  expect(receiver.all).toHaveLength(1);
  await hooks.pass(9 * minute);
  expect(receiver.all).toHaveLength(1);
  await hooks.pass(minute);
  expect(receiver.all).toHaveLength(2);
});

test("an answer of any size is read to its limit and kept to a few KB", async () => {
  receiver.behave(answer(500, "x".repeat(5_000_000)));
  const { id } = await hooks.create(receiver.url);
  await hooks.receive(1);
  await hooks.run();
  const [{ id: deliveryId } = { id: "" }] = await hooks.deliveries(id);
  const params = { webhookId: id, deliveryId };
  const { body } = await hooks.call("getWebhookDelivery", { apiKey: hooks.apiKey, params });
  expect(body.answer).toMatchObject({ statusCode: 500, isCut: true });
  expect(body.answer?.body).toHaveLength(2048);
});

test("an event beyond 256 KB comes without its data, under its id", async () => {
  await hooks.create(receiver.url);
  const other = { ...hooks.owner, sessionId: newId("session") };
  const text = "x".repeat(260 * 1024);
  const event = makeEvent(other, "1.1", receivedDraft(newId("message"), text));
  await dispatchEvents(hooks, other, event);
  await hooks.run();
  expect(JSON.parse(receiver.all[0]?.body ?? "")).toMatchObject({
    id: event.id,
    data: null,
    omitted: { reason: "too_large" },
  });
});

test("a receiver that is gone is disabled at once, and the account is told", async () => {
  const watcher = await startReceiver();
  await hooks.create(watcher.url, { types: ["webhook.disabled"] });
  receiver.behave(answer(410));
  const { id } = await hooks.create(receiver.url);
  const events = await hooks.receive(3);
  await hooks.run();
  expect(receiver.all).toHaveLength(1);
  expect(await hooks.webhook(id)).toMatchObject({ enabled: false, disabledReason: "gone" });
  const told = watcher.all.map(({ body }) => JSON.parse(body) as object);
  expect(told).toEqual([
    expect.objectContaining({
      type: "webhook.disabled",
      sessionId: null,
      accountId: hooks.owner.accountId,
    }),
  ]);
  expect(told[0]).toMatchObject({ data: { webhookId: id, reason: "gone" } });
  receiver.behave(answer(200));
  const params = { webhookId: id };
  await hooks.call("updateWebhook", { apiKey: hooks.apiKey, params, body: { enabled: true } });
  const late = await hooks.receive(1);
  await hooks.run();
  expect(receiver.ids().slice(1)).toEqual(ids([...events.slice(1), ...late]));
  await watcher[Symbol.asyncDispose]();
});

test("five days of failures only disable; one success in between does not", async () => {
  hooks.notices.length = 0;
  const { id } = await hooks.create(receiver.url);
  const day = 24 * hour;
  receiver.behave(answer(500));
  await hooks.receive(1);
  await hooks.run();
  await hooks.pass(4 * day);
  receiver.behave(answer(200));
  await hooks.pass(day);
  expect(await hooks.webhook(id)).toMatchObject({ enabled: true, failingSince: null });
  receiver.behave(answer(500));
  await hooks.receive(1);
  await hooks.run();
  await hooks.pass(4.9 * day);
  expect(await hooks.webhook(id)).toMatchObject({ enabled: true });
  await hooks.receive(1);
  await hooks.pass(0.2 * day);
  expect(await hooks.webhook(id)).toMatchObject({ enabled: false, disabledReason: "failing" });
  expect(hooks.notices.map(({ type, data }) => [type, data.reason])).toEqual([
    ["webhook.disabled", "failing"],
  ]);
  const count = receiver.all.length;
  await hooks.pass(2 * day);
  expect(receiver.all).toHaveLength(count);
});

test("an endpoint that fails or hangs takes nothing from the others", async () => {
  const healthy = await startReceiver();
  receiver.behave(() => undefined);
  await hooks.create(receiver.url);
  await hooks.create(healthy.url);
  const events = await hooks.receive(3);
  await hooks.run();
  expect(healthy.ids()).toEqual(ids(events));
  await healthy[Symbol.asyncDispose]();
});
