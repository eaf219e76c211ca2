import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { startDynamodb } from "#local/dynamodb/start-dynamodb.ts";
import { startSqs } from "#local/sqs/start-sqs.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { commandSchema } from "#shared/contracts/command.ts";
import type { Command } from "#shared/contracts/command.ts";
import { deadLetterQueueName, queueName, tableName } from "#shared/resources/names.ts";
import { tables } from "#shared/resources/tables.ts";

const stage = "test";
const aws = { region: "us-east-1", credentials: dummyCredentials };

/** DynamoDB and one shard's commands queue, each on a port of its own. */
export async function startStores(now: () => number) {
  const used = [
    ...(["logins", "control", "audit", "messages", "fleet"] as const),
    ...(["webhooks", "secrets"] as const),
  ];
  const dynamodb = await startDynamodb({
    tables: used.map((name) => ({ ...tables[name], name: tableName(stage, name) })),
  });
  const queue = queueName(stage, "commands", 0);
  const events = queueName(stage, "events");
  const work = queueName(stage, "webhooks");
  const dead = deadLetterQueueName(stage, "commands");
  const sqs = await startSqs({
    queues: [
      { name: dead },
      { name: queue, deadLetterQueue: { name: dead, maxReceiveCount: 20 } },
      { name: events },
      { name: work },
    ],
  });
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...aws, endpoint: dynamodb.endpoint, maxAttempts: 1 }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const sender = new SQSClient({ ...aws, endpoint: sqs.endpoint, maxAttempts: 1 });
  const table = (name: (typeof used)[number]) => ({ client, name: tableName(stage, name), now });

  /** Takes the commands that were sent, oldest first. */
  async function takeCommands(): Promise<Command[]> {
    const QueueUrl = sqs.queueUrl(queue);
    const { Messages = [] } = await sender.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    // What is not deleted holds back the next command of its session.
    for (const { ReceiptHandle } of Messages) {
      await sender.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages.map(({ Body = "" }) => commandSchema.parse(JSON.parse(Body)));
  }

  return {
    dynamodb,
    sqs,
    logins: table("logins"),
    control: table("control"),
    audit: table("audit"),
    messages: table("messages"),
    fleet: table("fleet"),
    webhooks: table("webhooks"),
    secrets: table("secrets"),
    commands: { client: sender, url: sqs.queueUrl(queue).replace("-0.fifo", "-{shard}.fifo") },
    eventsUrl: sqs.queueUrl(events),
    webhooksUrl: sqs.queueUrl(work),
    deadUrl: sqs.queueUrl(dead),
    takeCommands,
    async [Symbol.asyncDispose]() {
      client.destroy();
      sender.destroy();
      await Promise.all([dynamodb.stop(), sqs.stop()]);
    },
  };
}
