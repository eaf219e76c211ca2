import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { commandGroup } from "#shared/contracts/command.ts";
import type { Command } from "#shared/contracts/command.ts";
import { commandsQueueUrl } from "#shared/resources/environment.ts";
import { toQueueText } from "#shared/queue-text.ts";
import type { CommandQueues } from "./send-command.ts";

export type CommandOnce = { command: Command; once: string };

const batchSize = 10;

/**
 * Sends commands of one shard in order, up to ten a request. No two of one group travel in the same
 * request: where a part of it fails, nothing is behind it that would overtake.
 */
export async function sendCommands(
  { client, url, onSent }: CommandQueues,
  shard: number,
  all: CommandOnce[],
): Promise<void> {
  for (const part of inParts(all)) {
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: commandsQueueUrl(url, shard),
        Entries: part.map(({ command, once }, index) => ({
          Id: String(index),
          MessageBody: toQueueText(command),
          MessageGroupId: commandGroup(command),
          MessageDeduplicationId: once,
        })),
      }),
    );
    const [failed] = Failed;
    if (failed) throw new Error(`the commands queue refused a command: ${failed.Code}`);
    for (const { command } of part) onSent?.(command);
  }
}

function inParts(all: CommandOnce[]): CommandOnce[][] {
  const parts: CommandOnce[][] = [];
  let groups = new Set<string>();
  for (const one of all) {
    const group = commandGroup(one.command);
    const part = parts.at(-1);
    if (part && part.length < batchSize && !groups.has(group)) {
      part.push(one);
    } else {
      parts.push([one]);
      groups = new Set();
    }
    groups.add(group);
  }
  return parts;
}
