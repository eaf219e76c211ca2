import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createBusSink } from "#functions/sinks/create-bus-sink.ts";
import { createQueueSink } from "#functions/sinks/create-queue-sink.ts";
import { createSinks } from "#functions/dispatch/create-sinks.ts";
import { startEventBridge } from "#local/event-bridge/start-event-bridge.ts";
import { startSqs } from "#local/sqs/start-sqs.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { newId } from "#shared/ids.ts";
import { expect, test } from "vitest";
import { createSessionIn, makeEvent, receivedDraft, toRecord } from "./events.ts";
import { context, startSystem } from "./start-system.ts";
import { takeAll } from "./take-all.ts";

const aws = { region: "us-east-1", credentials: dummyCredentials, maxAttempts: 1 };

/** A bus and a queue, and the system that feeds them. */
async function startSinks() {
  await using started = new AsyncDisposableStack();
  const bus = started.use(await startEventBridge());
  const queues = started.use(await startSqs({ queues: [{ name: "sink.fifo" }] }));
  const events = new EventBridgeClient({ ...aws, endpoint: bus.endpoint });
  const sqs = new SQSClient({ ...aws, endpoint: queues.endpoint });
  started.defer(() => {
    events.destroy();
    sqs.destroy();
  });
  const QueueUrl = queues.queueUrl("sink.fifo");
  const feedSinks = createSinks([
    createBusSink(events, "arn:aws:events:us-east-1:000000000000:event-bus/all"),
    createQueueSink(sqs, QueueUrl),
  ]);
  const system = started.use(await startSystem({ feedSinks }));
  const all = started.move();

  return {
    system,
    bus,
    feedSinks,
    takeAll: () => takeAll(sqs, QueueUrl),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

test("every event reaches the deployment's bus and queue, in order and in one shape", async () => {
  await using sinks = await startSinks();
  const { system, bus } = sinks;
  const owner = await createSessionIn(system, await system.createTenant(), "inactive");
  const events = Array.from({ length: 23 }, (_, index) =>
    makeEvent(owner, `1.${index + 1}`, receivedDraft(newId("message"), `text ${index}`)),
  );
  await system.dispatch({ Records: [toRecord(owner, events)] }, context);
  expect(bus.entries.map(({ Detail }) => JSON.parse(Detail))).toEqual(events);
  expect(bus.entries[0]).toMatchObject({
    Source: "wafleet",
    DetailType: "message.received",
    Resources: [owner.sessionId],
  });
  expect((await sinks.takeAll()).map((body) => JSON.parse(body))).toEqual(events);
});

test("events too large for one request travel in several, one beyond what is taken without its data", async () => {
  await using sinks = await startSinks();
  const owner = { accountId: newId("account"), sessionId: newId("session") };
  const sizes = [...Array.from({ length: 8 }, () => 150_000), 250_000];
  const events = sizes.map((size, index) =>
    makeEvent(owner, `1.${index + 1}`, receivedDraft(newId("message"), "x".repeat(size))),
  );
  await sinks.feedSinks(events);
  const got = sinks.bus.entries.map(({ Detail }) => JSON.parse(Detail) as object);
  expect(got.slice(0, -1)).toEqual(events.slice(0, -1));
  const { id } = events.at(-1) ?? {};
  expect(got.at(-1)).toMatchObject({ id, data: null, omitted: { reason: "too_large" } });
  expect((await sinks.takeAll()).map((body) => JSON.parse(body) as object)).toEqual(got);
});

test("what a sink refuses comes again, under the same id, and nothing overtakes it", async () => {
  await using sinks = await startSinks();
  const { system, bus } = sinks;
  const owner = await createSessionIn(system, await system.createTenant(), "inactive");
  const event = makeEvent(owner, "1.1", receivedDraft(newId("message"), "once more"));
  bus.faults.add({ kind: "throttle", times: 1 });
  const failed = await system.dispatch({ Records: [toRecord(owner, [event])] }, context);
  expect(failed.batchItemFailures).toHaveLength(1);
  expect(bus.entries).toEqual([]);
  await system.dispatch({ Records: [toRecord(owner, [event], 2)] }, context);
  expect(bus.entries.map(({ Detail }) => JSON.parse(Detail))).toEqual([event]);
});
