import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { FleetHealth } from "#shared/contracts/operator.ts";
import { commandsQueueUrl } from "#shared/resources/environment.ts";
import pMap from "p-map";
import type { Logger } from "pino";
import { z } from "zod";
import type { OperatorDeps } from "./operator-deps.ts";

type Depth = { waiting: number; inFlight: number; deadUrl?: string };

const concurrency = 8;
const redriveSchema = z.object({ deadLetterTargetArn: z.string() });

/** How full the queues are; commands of all shards together. */
export async function readQueues(
  { queues, shards }: OperatorDeps,
  log: Logger,
): Promise<FleetHealth["queues"]> {
  const commands = Array.from({ length: shards }, (_, shard) =>
    commandsQueueUrl(queues.commandsUrl, shard),
  );
  const urls = { commands, events: [queues.eventsUrl] };
  return Promise.all(
    Object.entries(urls).map(async ([name, all]) => {
      const nothing = { name, waiting: 0, inFlight: 0, dead: 0 };
      try {
        const depths = await pMap(all, (url) => readDepth(queues, url), { concurrency });
        const deadUrl = depths.find((depth) => depth.deadUrl !== undefined)?.deadUrl;
        const dead = deadUrl === undefined ? 0 : (await readDepth(queues, deadUrl)).waiting;
        const waiting = sum(depths.map((depth) => depth.waiting));
        const inFlight = sum(depths.map((depth) => depth.inFlight));
        return { ...nothing, reachable: true, waiting, inFlight, dead };
      } catch (error) {
        log.warn({ err: error, queue: name }, "a queue could not be read");
        return { ...nothing, reachable: false };
      }
    }),
  );
}

async function readDepth({ client }: OperatorDeps["queues"], url: string): Promise<Depth> {
  const { Attributes: found = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "RedrivePolicy",
      ],
    }),
  );
  const deadUrl = found.RedrivePolicy && besides(url, found.RedrivePolicy);
  return {
    waiting: Number(found.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(found.ApproximateNumberOfMessagesNotVisible ?? 0),
    ...(deadUrl !== undefined && { deadUrl }),
  };
}

/** The dead-letter queue is in the same account and region: only the name differs. */
function besides(url: string, redrivePolicy: string): string {
  const { deadLetterTargetArn } = redriveSchema.parse(JSON.parse(redrivePolicy));
  return url.replace(/[^/]+$/, deadLetterTargetArn.split(":").at(-1) ?? "");
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
