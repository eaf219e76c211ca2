import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { commandGroup } from "#shared/contracts/command.ts";
import type { Command } from "#shared/contracts/command.ts";
import { traceAttribute } from "#shared/aws/trace-attribute.ts";
import { sampledTrace } from "#shared/config.ts";
import { toQueueText } from "#shared/queue-text.ts";
import { commandsQueueUrl } from "#shared/resources/environment.ts";

/** The shards' commands queues; `url` has `{shard}` where the number goes. */
export type CommandQueues = {
  client: SQSClient;
  url: string;
  /** Hears of each command that is in its queue. */
  onSent?: (command: Command) => void;
};

/** The queue drops a second command of the same `once` within five minutes. */
export async function sendCommand(
  queues: CommandQueues,
  shard: number,
  command: Command,
  once: string,
): Promise<void> {
  await queues.client.send(
    new SendMessageCommand({
      QueueUrl: commandsQueueUrl(queues.url, shard),
      MessageBody: toQueueText(command),
      MessageGroupId: commandGroup(command),
      MessageDeduplicationId: once,
      ...traceAttribute(sampledTrace()),
    }),
  );
  queues.onSent?.(command);
}
