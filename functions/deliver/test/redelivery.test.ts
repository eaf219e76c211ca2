import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import * as items from "#functions/store/items.ts";
import { deliveryPrefix } from "#functions/store/webhook-deliveries.ts";
import { answer, startReceiver } from "./start-receiver.ts";
import type { Receiver } from "./start-receiver.ts";
import { startWebhooks } from "./start-webhooks.ts";
import type { Webhooks } from "./start-webhooks.ts";

const hour = 3_600_000;

let hooks: Webhooks;
let receiver: Receiver;
let webhookId: string;

beforeAll(async () => (hooks = await startWebhooks()));
afterAll(() => hooks[Symbol.asyncDispose]());
beforeEach(async () => {
  receiver = await startReceiver();
  webhookId = (await hooks.create(receiver.url)).id;
});
afterEach(async () => {
  await hooks.call("deleteWebhook", { apiKey: hooks.apiKey, params: { webhookId } });
  await receiver[Symbol.asyncDispose]();
});

const ids = (events: { id: string }[]) => events.map(({ id }) => id);
const call = (body: object) =>
  hooks.call("redeliverWebhookDeliveries", { apiKey: hooks.apiKey, params: { webhookId }, body });

/** Days in which nothing works: all of these become dead letters. */
async function makeDeadLetters(count: number) {
  receiver.behave(answer(500));
  const events = await hooks.receive(count);
  await hooks.run();
  for (let i = 0; i < 80; i += 1) await hooks.pass(hour);
  receiver.all.length = 0;
  receiver.behave(answer(200));
  return events;
}

test("all that failed can be sent again, oldest first, and the set is complete", async () => {
  const events = await makeDeadLetters(3);
  expect(await hooks.deliveries(webhookId, { status: "failed" })).toHaveLength(3);
  expect((await call({ status: "failed" })).body).toEqual({ queued: 3, nextCursor: null });
  await hooks.run();
  expect(receiver.ids()).toEqual(ids(events));
  expect(await hooks.deliveries(webhookId, { status: "failed" })).toEqual([]);
  expect(await hooks.deliveries(webhookId, { status: "succeeded" })).toHaveLength(3);
});

test("a range can be sent again, also what succeeded", async () => {
  const events = await hooks.receive(3);
  await hooks.run();
  receiver.all.length = 0;
  const at = (index: number) => new Date(Date.parse(events[index]?.at ?? "")).toISOString();
  const { body } = await call({ after: at(0), before: new Date(Date.now() + hour).toISOString() });
  expect(body.queued).toBe(3);
  await hooks.run();
  expect(receiver.ids()).toEqual(ids(events));
  expect((await call({ before: "2020-01-01T00:00:00.000Z" })).body.queued).toBe(0);
});

test("one can be sent again under the id that it had", async () => {
  const [event] = await hooks.receive(1);
  await hooks.run();
  const [{ id: deliveryId } = { id: "" }] = await hooks.deliveries(webhookId);
  const params = { webhookId, deliveryId };
  const answered = await hooks.call("redeliverWebhookDelivery", { apiKey: hooks.apiKey, params });
  expect(answered.body).toMatchObject({ status: "retrying", eventId: event?.id });
  await hooks.run();
  expect(receiver.ids()).toEqual([event?.id, event?.id]);
  const [after] = await hooks.deliveries(webhookId);
  expect(after).toMatchObject({ status: "succeeded" });
  expect(after?.attempts).toHaveLength(2);
});

test("deliveries that were kept together are listed, shown and sent again one by one", async () => {
  const { apiKey } = hooks;
  const events = await hooks.receive(5);
  await hooks.run();
  const { webhooks } = hooks;
  expect(await items.count(webhooks, webhookId, deliveryPrefix), "items").toBe(1);
  const listed = await hooks.deliveries(webhookId);
  expect(listed.map(({ eventId }) => eventId)).toEqual(ids(events).toReversed());
  const pages: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const query: Record<string, string> = { limit: "2", ...(cursor && { cursor }) };
    const params = { webhookId };
    const { body } = await hooks.call("listWebhookDeliveries", { apiKey, params, query });
    pages.push(...body.data.map(({ eventId }) => eventId));
    cursor = body.nextCursor;
  }
  expect(pages).toEqual(ids(events).toReversed());
  const params = { webhookId, deliveryId: listed[2]?.id ?? "" };
  const shown = await hooks.call("getWebhookDelivery", { apiKey, params });
  expect(shown.body).toMatchObject({ ...listed[2], answer: { statusCode: 200 } });
  expect(JSON.parse(shown.body.request.body)).toEqual(events[2]);
  await hooks.call("redeliverWebhookDelivery", { apiKey, params });
  await hooks.run();
  expect(receiver.ids()).toEqual([...ids(events), events[2]?.id]);
  const after = await hooks.deliveries(webhookId);
  expect(new Set(after.map(({ id }) => id))).toEqual(new Set(listed.map(({ id }) => id)));
  expect(after).toHaveLength(5);
  expect(after.find(({ id }) => id === params.deliveryId)?.attempts).toHaveLength(2);
});

test("a delivery that no clock can have named is not found", async () => {
  const params = { webhookId, deliveryId: `dlv_${"Z".repeat(26)}` };
  const { status } = await hooks.call("getWebhookDelivery", { apiKey: hooks.apiKey, params });
  expect(status).toBe(404);
});

test("a test event is sent once, also to an endpoint that is disabled", async () => {
  const { apiKey } = hooks;
  const params = { webhookId };
  await hooks.call("updateWebhook", { apiKey, params, body: { enabled: false } });
  receiver.behave(answer(503));
  const { body } = await hooks.call("testWebhook", { apiKey, params });
  await hooks.run();
  await hooks.pass(hour);
  expect(receiver.all).toHaveLength(1);
  expect(JSON.parse(receiver.all[0]?.body ?? "")).toMatchObject({ type: "webhook.test" });
  const [delivery] = await hooks.deliveries(webhookId);
  expect(delivery).toMatchObject({ id: body.id, status: "failed" });
  expect((await hooks.webhook(webhookId)).failingSince).toBeNull();
  expect((await call({})).problem.code).toBe("webhook_disabled");
});

test("what comes while an endpoint is disabled is sent when it is enabled again", async () => {
  const { apiKey } = hooks;
  const params = { webhookId };
  const [before] = await hooks.receive(1);
  await hooks.run();
  await hooks.call("updateWebhook", { apiKey, params, body: { enabled: false } });
  const during = await hooks.receive(2);
  await hooks.run();
  expect(receiver.ids()).toEqual([before?.id]);
  await hooks.call("updateWebhook", { apiKey, params, body: { enabled: true } });
  await hooks.run();
  expect(receiver.ids()).toEqual(ids([...(before ? [before] : []), ...during]));
});
