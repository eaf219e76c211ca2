import { randomUUID } from "node:crypto";
import * as sqs from "@aws-sdk/client-sqs";
import type { Subject } from "./subject.ts";

const made = new Map<Subject, string[]>();

/** A queue of its own for one test. */
export async function createTestQueue(
  subject: Subject,
  options: { fifo?: boolean; attributes?: Record<string, string> } = {},
) {
  const { client } = subject;
  const name = `conformance-${randomUUID()}${options.fifo ? ".fifo" : ""}`;
  const Attributes = { ...options.attributes, ...(options.fifo && { FifoQueue: "true" }) };
  const created = await client.send(new sqs.CreateQueueCommand({ QueueName: name, Attributes }));
  const url = created.QueueUrl ?? "";
  made.set(subject, [...(made.get(subject) ?? []), url]);

  async function receive(extra: Partial<sqs.ReceiveMessageCommandInput> = {}) {
    const answer = await client.send(
      new sqs.ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: subject.pollSeconds,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
        ...extra,
      }),
    );
    return answer.Messages ?? [];
  }

  return {
    name,
    url,
    receive,
    async bodies(extra: Partial<sqs.ReceiveMessageCommandInput> = {}) {
      return (await receive(extra)).map((message) => message.Body);
    },
    async receiveOne(extra: Partial<sqs.ReceiveMessageCommandInput> = {}) {
      const [message] = await receive({ MaxNumberOfMessages: 1, ...extra });
      if (!message) throw new Error(`nothing to receive from ${name}`);
      return message;
    },
    send(MessageBody: string, extra: Partial<sqs.SendMessageCommandInput> = {}) {
      return client.send(new sqs.SendMessageCommand({ QueueUrl: url, MessageBody, ...extra }));
    },
    /** To a FIFO queue; the body is the deduplication id unless one is given. */
    sendTo(group: string, body: string, deduplicationId = body) {
      return client.send(
        new sqs.SendMessageCommand({
          QueueUrl: url,
          MessageBody: body,
          MessageGroupId: group,
          MessageDeduplicationId: deduplicationId,
        }),
      );
    },
    delete(message: sqs.Message) {
      return client.send(
        new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }),
      );
    },
    changeVisibility(message: sqs.Message, VisibilityTimeout: number) {
      return client.send(
        new sqs.ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message.ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    },
    set(Attributes: Record<string, string>) {
      return client.send(new sqs.SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    },
    async attributes(): Promise<Record<string, string>> {
      const answer = await client.send(
        new sqs.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
      );
      return answer.Attributes ?? {};
    },
  };
}

/** Queues on AWS would stay behind. */
export async function deleteTestQueues(subject: Subject): Promise<void> {
  for (const QueueUrl of made.get(subject) ?? []) {
    await subject.client.send(new sqs.DeleteQueueCommand({ QueueUrl })).catch(() => undefined);
  }
  made.delete(subject);
}
