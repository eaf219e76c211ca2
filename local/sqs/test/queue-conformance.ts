import { randomUUID } from "node:crypto";
import * as sqs from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { errorCode } from "./error-code.ts";
import type { Subject } from "./subject.ts";
import { createTestQueue } from "./test-queue.ts";

export function queueConformance(subject: () => Subject): void {
  test("a created queue is found by its name and in the list", async () => {
    const { client } = subject();
    const queue = await createTestQueue(subject());
    const found = await client.send(new sqs.GetQueueUrlCommand({ QueueName: queue.name }));
    expect(found.QueueUrl).toBe(queue.url);
    const list = await client.send(new sqs.ListQueuesCommand({ QueueNamePrefix: queue.name }));
    expect(list.QueueUrls).toEqual([queue.url]);
  });

  test("a long list of queues comes in pages", async () => {
    const { client } = subject();
    const prefix = `conformance-page-${randomUUID()}-`;
    const urls: (string | undefined)[] = [];
    for (const end of ["a", "b", "c"]) {
      const made = await client.send(new sqs.CreateQueueCommand({ QueueName: prefix + end }));
      urls.push(made.QueueUrl);
    }
    const ask = { QueueNamePrefix: prefix, MaxResults: 2 };
    const first = await client.send(new sqs.ListQueuesCommand(ask));
    const second = await client.send(
      new sqs.ListQueuesCommand({ ...ask, NextToken: first.NextToken }),
    );
    expect([...(first.QueueUrls ?? []), ...(second.QueueUrls ?? [])].sort()).toEqual(urls);
    for (const QueueUrl of urls) await client.send(new sqs.DeleteQueueCommand({ QueueUrl }));
  });

  test("creating a queue again with the same attributes answers the same queue", async () => {
    const queue = await createTestQueue(subject(), { attributes: { VisibilityTimeout: "7" } });
    const again = await subject().client.send(
      new sqs.CreateQueueCommand({
        QueueName: queue.name,
        Attributes: { VisibilityTimeout: "7" },
      }),
    );
    expect(again.QueueUrl).toBe(queue.url);
  });

  test("creating a queue again with other attributes is refused", async () => {
    const queue = await createTestQueue(subject());
    const again = subject().client.send(
      new sqs.CreateQueueCommand({
        QueueName: queue.name,
        Attributes: { VisibilityTimeout: "8" },
      }),
    );
    expect(await errorCode(again)).toBe("QueueAlreadyExists");
  });

  test("the name of a FIFO queue has to end with .fifo, and no other may", async () => {
    const { client } = subject();
    const Attributes = { FifoQueue: "true" };
    const plain = client.send(new sqs.CreateQueueCommand({ QueueName: "plain", Attributes }));
    expect(await errorCode(plain)).toBe("InvalidParameterValue");
    const fifo = client.send(new sqs.CreateQueueCommand({ QueueName: "not.fifo" }));
    expect(await errorCode(fifo)).toBe("InvalidParameterValue");
  });

  test("a queue that is not there is named as such", async () => {
    const { client } = subject();
    const found = client.send(new sqs.GetQueueUrlCommand({ QueueName: randomUUID() }));
    await expect(found).rejects.toBeInstanceOf(sqs.QueueDoesNotExist);
    expect(await errorCode(found)).toBe("AWS.SimpleQueueService.NonExistentQueue");
  });

  test("the attributes show defaults, what was set, and the ARN", async () => {
    const queue = await createTestQueue(subject(), {
      fifo: true,
      attributes: { VisibilityTimeout: "12", ContentBasedDeduplication: "true" },
    });
    const attributes = await queue.attributes();
    expect(attributes).toMatchObject({
      VisibilityTimeout: "12",
      DelaySeconds: "0",
      MessageRetentionPeriod: "345600",
      MaximumMessageSize: "1048576",
      FifoQueue: "true",
      ContentBasedDeduplication: "true",
      DeduplicationScope: "queue",
      ApproximateNumberOfMessages: "0",
    });
    expect(attributes["QueueArn"]).toMatch(new RegExp(`^arn:aws:sqs:.*:${queue.name}$`));
  });

  test("an attribute that is set anew holds from then on", async () => {
    const queue = await createTestQueue(subject());
    await queue.set({ VisibilityTimeout: "44" });
    expect((await queue.attributes())["VisibilityTimeout"]).toBe("44");
  });

  test("unknown attributes and values out of range are refused", async () => {
    const queue = await createTestQueue(subject());
    expect(await errorCode(queue.set({ Colour: "red" }))).toBe("InvalidAttributeName");
    expect(await errorCode(queue.set({ DelaySeconds: "901" }))).toBe("InvalidAttributeValue");
    const asked = subject().client.send(
      new sqs.GetQueueAttributesCommand({
        QueueUrl: queue.url,
        AttributeNames: ["Colour" as sqs.QueueAttributeName],
      }),
    );
    expect(await errorCode(asked)).toBe("InvalidAttributeName");
  });

  test("a deleted queue takes no more messages", async () => {
    const queue = await createTestQueue(subject());
    await subject().client.send(new sqs.DeleteQueueCommand({ QueueUrl: queue.url }));
    // AWS itself may need a minute to forget a queue.
    await subject().pass(60);
    expect(await errorCode(queue.send("late"))).toBe("AWS.SimpleQueueService.NonExistentQueue");
  });

  test("a purge empties the queue, and a second one has to wait a minute", async () => {
    const queue = await createTestQueue(subject());
    await queue.send("one");
    const purge = () => subject().client.send(new sqs.PurgeQueueCommand({ QueueUrl: queue.url }));
    await purge();
    expect(await errorCode(purge())).toBe("AWS.SimpleQueueService.PurgeQueueInProgress");
    await subject().pass(60);
    expect(await queue.bodies()).toEqual([]);
    await purge();
  });
}
