import * as sqs from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { errorCode } from "./error-code.ts";
import type { Subject } from "./subject.ts";
import { createTestQueue } from "./test-queue.ts";

export function batchConformance(subject: () => Subject): void {
  const sendBatch = (QueueUrl: string, Entries: sqs.SendMessageBatchRequestEntry[]) =>
    subject().client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries }));

  test("a batch of ten keeps its order within a FIFO group", async () => {
    const queue = await createTestQueue(subject(), { fifo: true });
    const bodies = Array.from({ length: 10 }, (_, n) => `message-${n}`);
    const answer = await sendBatch(
      queue.url,
      bodies.map((body, n) => ({
        Id: `id-${n}`,
        MessageBody: body,
        MessageGroupId: "a",
        MessageDeduplicationId: body,
      })),
    );
    expect(answer.Successful?.map((entry) => entry.Id)).toEqual(bodies.map((_, n) => `id-${n}`));
    expect(await queue.bodies()).toEqual(bodies);
  });

  test("a bad entry fails alone and is named", async () => {
    const queue = await createTestQueue(subject());
    const answer = await sendBatch(queue.url, [
      { Id: "good", MessageBody: "hello" },
      { Id: "bad", MessageBody: "hello", DelaySeconds: 901 },
    ]);
    expect(answer.Successful?.map((entry) => entry.Id)).toEqual(["good"]);
    expect(answer.Failed).toMatchObject([
      { Id: "bad", SenderFault: true, Code: "InvalidParameterValue" },
    ]);
  });

  test("an empty batch, eleven entries, and repeated or strange ids are refused whole", async () => {
    const queue = await createTestQueue(subject());
    const entry = (Id: string) => ({ Id, MessageBody: "x" });
    const eleven = Array.from({ length: 11 }, (_, n) => entry(`n${n}`));
    const prefix = "AWS.SimpleQueueService.";
    expect(await errorCode(sendBatch(queue.url, []))).toBe(`${prefix}EmptyBatchRequest`);
    expect(await errorCode(sendBatch(queue.url, eleven))).toBe(
      `${prefix}TooManyEntriesInBatchRequest`,
    );
    expect(await errorCode(sendBatch(queue.url, [entry("a"), entry("a")]))).toBe(
      `${prefix}BatchEntryIdsNotDistinct`,
    );
    expect(await errorCode(sendBatch(queue.url, [entry("a b")]))).toBe(
      `${prefix}InvalidBatchEntryId`,
    );
    expect(await queue.bodies()).toEqual([]);
  });

  test("a batch above one MiB in all is refused whole", async () => {
    const queue = await createTestQueue(subject());
    const half = "x".repeat(600_000);
    const sent = sendBatch(queue.url, [
      { Id: "a", MessageBody: half },
      { Id: "b", MessageBody: half },
    ]);
    expect(await errorCode(sent)).toBe("AWS.SimpleQueueService.BatchRequestTooLong");
  });

  test("a batch deletes what it can and names what it cannot", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("one");
    const message = await queue.receiveOne({ VisibilityTimeout: 1 });
    const answer = await subject().client.send(
      new sqs.DeleteMessageBatchCommand({
        QueueUrl: queue.url,
        Entries: [
          { Id: "good", ReceiptHandle: message.ReceiptHandle },
          { Id: "bad", ReceiptHandle: "nonsense" },
        ],
      }),
    );
    expect(answer.Successful).toEqual([{ Id: "good" }]);
    expect(answer.Failed).toMatchObject([{ Id: "bad", Code: "ReceiptHandleIsInvalid" }]);
    await subject().pass(1);
    expect(await queue.bodies()).toEqual([]);
  });

  test("a batch changes visibility entry by entry", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("one");
    const message = await queue.receiveOne();
    const answer = await subject().client.send(
      new sqs.ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue.url,
        Entries: [
          { Id: "good", ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: "bad", ReceiptHandle: "nonsense", VisibilityTimeout: 0 },
        ],
      }),
    );
    expect(answer.Successful).toEqual([{ Id: "good" }]);
    expect(answer.Failed).toHaveLength(1);
    expect(await queue.bodies()).toEqual(["one"]);
  });
}
