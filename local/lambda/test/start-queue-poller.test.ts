import {
  GetQueueAttributesCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { startSqs } from "#local/sqs/start-sqs.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { type QueuePollerOptions, startQueuePoller } from "../start-queue-poller.ts";

let client: SQSClient;
let sqs: Awaited<ReturnType<typeof startSqs>>;
let plain: string;
let fifo: string;

beforeEach(async () => {
  sqs = await startSqs({ queues: [{ name: "plain" }, { name: "ordered.fifo" }] });
  client = new SQSClient({
    endpoint: sqs.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
  });
  plain = sqs.queueUrl("plain");
  fifo = sqs.queueUrl("ordered.fifo");
  onTestFinished(async () => {
    client.destroy();
    await sqs.stop();
  });
});

function poll(
  queueUrl: string,
  handler: (event: SQSEvent) => unknown,
  more: Partial<QueuePollerOptions> = {},
) {
  const poller = startQueuePoller({
    client,
    queueUrl,
    lambda: "consume",
    invoke: async (_lambda, event) => handler(event as SQSEvent),
    batchSize: 10,
    ...more,
  });
  onTestFinished(() => poller.stop());
  return poller;
}

const send = (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
  client.send(new SendMessageCommand({ QueueUrl: plain, MessageBody, ...more }));
const sendInOrder = (group: string, body: string) =>
  send(body, { QueueUrl: fifo, MessageGroupId: group, MessageDeduplicationId: `${group}${body}` });

async function left(QueueUrl: string) {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

test("a message reaches the function as Lambda hands it over, and leaves the queue", async () => {
  const events: SQSEvent[] = [];
  poll(fifo, (event) => void events.push(event));
  await send("héllo", {
    QueueUrl: fifo,
    MessageGroupId: "group",
    MessageDeduplicationId: "once",
    MessageAttributes: {
      kind: { DataType: "String", StringValue: "text" },
      bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
    },
  });
  await expect.poll(() => events.length).toBe(1);
  expect(events[0]?.Records).toEqual([
    {
      messageId: expect.any(String) as string,
      receiptHandle: expect.any(String) as string,
      body: "héllo",
      attributes: expect.objectContaining({
        ApproximateReceiveCount: "1",
        MessageGroupId: "group",
        MessageDeduplicationId: "once",
        SequenceNumber: expect.any(String) as string,
        SentTimestamp: expect.any(String) as string,
      }) as unknown,
      messageAttributes: {
        kind: {
          dataType: "String",
          stringValue: "text",
          stringListValues: [],
          binaryListValues: [],
        },
        bytes: {
          dataType: "Binary",
          binaryValue: "AQI=",
          stringListValues: [],
          binaryListValues: [],
        },
      },
      md5OfMessageAttributes: expect.any(String) as string,
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      eventSource: "aws:sqs",
      eventSourceARN: expect.stringMatching(
        /^arn:aws:sqs:us-east-1:\d{12}:ordered\.fifo$/,
      ) as string,
      awsRegion: "us-east-1",
    },
  ]);
  await expect.poll(() => left(fifo)).toBe(0);
});

test("only the messages that failed come again, after their visibility timeout", async () => {
  const seen: string[] = [];
  for (const body of ["good", "bad"]) await send(body);
  poll(
    plain,
    (event) => {
      seen.push(...event.Records.map((record) => record.body));
      const failed = event.Records.filter(
        (record) => record.body === "bad" && record.attributes.ApproximateReceiveCount === "1",
      );
      return {
        batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })),
      };
    },
    { visibilityTimeoutSeconds: 1 },
  );
  await expect.poll(() => left(plain)).toBe(0);
  expect(seen.toSorted()).toEqual(["bad", "bad", "good"]);
});

test("a function that throws gets the whole batch again", async () => {
  const counts: string[] = [];
  const errors: unknown[] = [];
  await send("once more");
  poll(
    plain,
    (event) => {
      const count = event.Records[0]?.attributes.ApproximateReceiveCount ?? "";
      counts.push(count);
      if (count === "1") throw new Error("first time");
    },
    { visibilityTimeoutSeconds: 1, onError: (error) => errors.push(error) },
  );
  await expect.poll(() => left(plain)).toBe(0);
  expect(counts).toEqual(["1", "2"]);
  expect(errors).toEqual([new Error("first time")]);
});

test("groups run side by side, and each keeps its order", async () => {
  const blocked = Promise.withResolvers<void>();
  const seen: string[] = [];
  await sendInOrder("slow", "1");
  poll(fifo, async (event) => {
    for (const { attributes, body } of event.Records) {
      if (attributes.MessageGroupId === "slow" && body === "1") await blocked.promise;
      seen.push(`${attributes.MessageGroupId}${body}`);
    }
  });
  await expect.poll(() => sqs.depth("ordered.fifo").inFlight).toBe(1);
  await sendInOrder("slow", "2");
  for (const body of ["1", "2", "3"]) await sendInOrder("fast", body);
  await expect.poll(() => seen).toEqual(["fast1", "fast2", "fast3"]);
  blocked.resolve();
  await expect.poll(() => seen).toEqual(["fast1", "fast2", "fast3", "slow1", "slow2"]);
  await expect.poll(() => left(fifo)).toBe(0);
});

test("a stop ends the waiting at once but lets a running function finish its messages", async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  await send("last");
  const poller = poll(plain, async () => {
    started.resolve();
    await finish.promise;
  });
  await started.promise;
  const stopped = poller.stop();
  finish.resolve();
  await stopped;
  expect(await left(plain)).toBe(0);
  await send("later");
  expect(await left(plain)).toBe(1);
});

test("a queue that fails for a while is polled again", async () => {
  sqs.faults.add({ kind: "refuse", operation: "ReceiveMessage", times: 8 });
  const errors: unknown[] = [];
  const seen: string[] = [];
  poll(plain, (event) => void seen.push(...event.Records.map((record) => record.body)), {
    onError: (error) => errors.push(error),
  });
  await send("patience");
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual(["patience"]);
  expect(errors.length).toBeGreaterThan(0);
});
