import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSendToSink } from "#functions/deliver/create-send-to-sink.ts";
import { takeAll } from "#functions/test/take-all.ts";
import { startEventBridge } from "#local/event-bridge/start-event-bridge.ts";
import { startSqs } from "#local/sqs/start-sqs.ts";
import { startSts } from "#local/sts/start-sts.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { roleCredentials } from "#shared/aws/role-credentials.ts";
import { startWebhooks } from "./start-webhooks.ts";
import type { Webhooks } from "./start-webhooks.ts";

const roleArn = "arn:aws:iam::123456789012:role/wafleet-sink-events";
const queueArn = "arn:aws:sqs:eu-west-1:123456789012:events.fifo";
const busArn = "arn:aws:events:eu-west-1:123456789012:event-bus/whatsapp";
const hour = 3_600_000;

/** Somebody's AWS account: a queue, a bus, and a role that trusts us for one of our accounts. */
async function startAwsAccount() {
  await using started = new AsyncDisposableStack();
  const trusted = { externalId: "" };
  const trusts = (arn: string, id: string | null) => arn === roleArn && id === trusted.externalId;
  const sts = started.use(await startSts({ trusts }));
  const bus = started.use(await startEventBridge());
  const queues = started.use(await startSqs({ queues: [{ name: "events.fifo" }] }));
  const aws = { region: "us-east-1", credentials: dummyCredentials, maxAttempts: 1 };
  const stsClient = new STSClient({ ...aws, endpoint: sts.endpoint });
  const sqs = new SQSClient({ ...aws, endpoint: queues.endpoint });
  started.defer(() => {
    stsClient.destroy();
    sqs.destroy();
  });
  const sendToSink = createSendToSink({
    sqs: ({ role, region }) =>
      new SQSClient({
        region,
        credentials: roleCredentials(stsClient, role),
        endpoint: queues.endpoint,
        maxAttempts: 1,
      }),
    eventBridge: ({ role, region }) =>
      new EventBridgeClient({
        region,
        credentials: roleCredentials(stsClient, role),
        endpoint: bus.endpoint,
        maxAttempts: 1,
      }),
  });
  const all = started.move();
  return {
    trusted,
    bus,
    queues,
    sendToSink,
    assumed: () => sts.meter.read()["sts.AssumeRole"] ?? 0,
    takeAll: async () =>
      (await takeAll(sqs, queues.queueUrl("events.fifo"))).map((text) => JSON.parse(text)),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

let account: Awaited<ReturnType<typeof startAwsAccount>>;
let hooks: Webhooks;

beforeAll(async () => {
  account = await startAwsAccount();
  hooks = await startWebhooks(account.sendToSink);
});
afterAll(async () => {
  await hooks[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});
beforeEach(async () => {
  account.trusted.externalId = hooks.owner.accountId;
  const { apiKey } = hooks;
  for (const { id } of (await hooks.call("listWebhooks", { apiKey })).body.data) {
    await hooks.call("deleteWebhook", { apiKey, params: { webhookId: id } });
  }
  await account.takeAll();
  account.bus.entries.length = 0;
});

test("a queue of another AWS account gets every event, in order, in a role taken on once", async () => {
  const before = account.assumed();
  const made = await hooks.create(queueArn, { roleArn });
  expect(made).toMatchObject({ url: queueArn, roleArn });
  const events = await hooks.receive(5);
  await hooks.run();
  expect(await account.takeAll()).toEqual(events);
  expect(account.assumed() - before).toBe(1);
  const listed = await hooks.deliveries(made.id, { status: "succeeded" });
  expect(listed.map(({ eventId }) => eventId)).toEqual(events.map(({ id }) => id).toReversed());
});

test("a bus gets the same event as its detail, and a test event too", async () => {
  const { id: webhookId } = await hooks.create(busArn, { roleArn, types: ["message.received"] });
  const [event] = await hooks.receive(1);
  await hooks.call("testWebhook", { apiKey: hooks.apiKey, params: { webhookId } });
  await hooks.run();
  expect(account.bus.entries.map(({ DetailType }) => DetailType)).toEqual([
    "message.received",
    "webhook.test",
  ]);
  expect(account.bus.entries[0]).toMatchObject({ EventBusName: busArn, Source: "wafleet" });
  expect(JSON.parse(account.bus.entries[0]?.Detail ?? "")).toEqual(event);
});

test("a role that trusts another account is not taken on: nothing is sent, and its owner sees why", async () => {
  account.trusted.externalId = "acc_of_somebody_else";
  // Credentials are kept for an hour: this role is asked for anew.
  const other = queueArn.replace("eu-west-1", "eu-west-2");
  const { id } = await hooks.create(other, { roleArn });
  const [event] = await hooks.receive(1);
  await hooks.run();
  const [delivery] = await hooks.deliveries(id, { status: "retrying" });
  expect(delivery?.attempts.map(({ statusCode }) => statusCode)).toEqual([403, 403]);
  const params = { webhookId: id, deliveryId: delivery?.id ?? "" };
  const shown = await hooks.call("getWebhookDelivery", { apiKey: hooks.apiKey, params });
  expect(shown.body.answer?.body).toContain("AccessDenied");
  expect(shown.body.request.headers).toEqual({});
  expect(await account.takeAll()).toEqual([]);
  account.trusted.externalId = hooks.owner.accountId;
  await hooks.pass(hour);
  expect(await account.takeAll()).toEqual([event]);
});

test("a queue that fails holds its line, and gets all of it in order when it is back", async () => {
  await hooks.create(queueArn, { roleArn });
  account.queues.faults.add({ kind: "throttle", times: 2 });
  const events = await hooks.receive(3);
  await hooks.run();
  expect(await account.takeAll()).toEqual([]);
  await hooks.pass(5 * 60_000);
  expect(await account.takeAll()).toEqual(events);
});

test.each([
  ["no role", { url: queueArn }, "roleArn"],
  [
    "a role of another name",
    { url: queueArn, roleArn: roleArn.replace("sink", "admin") },
    "roleArn",
  ],
  ["headers", { url: queueArn, roleArn, headers: { "x-team": "a" } }, "headers"],
  ["an ARN of something else", { url: "arn:aws:s3:::bucket", roleArn }, "url"],
  ["a region that is a host", { url: queueArn.replace("eu-west-1", "evil.com/"), roleArn }, "url"],
  ["a role for a URL", { url: "https://example.com/", roleArn }, "roleArn"],
])("a queue with %s is refused", async (_what, body, path) => {
  const answered = await hooks.call("createWebhook", { apiKey: hooks.apiKey, body });
  expect(answered.status).toBe(400);
  expect(answered.problem.fields?.map((field) => field.path)).toContain(path);
});

test("an endpoint can become a queue, and a URL again", async () => {
  const { apiKey } = hooks;
  const { id: webhookId } = await hooks.create("https://example.com/hook");
  const change = async (body: object) =>
    (await hooks.call("updateWebhook", { apiKey, params: { webhookId }, body })).body;
  expect(await change({ url: queueArn, roleArn })).toMatchObject({ url: queueArn, roleArn });
  expect(await change({ url: "https://example.com/" })).toMatchObject({ roleArn: null });
});
