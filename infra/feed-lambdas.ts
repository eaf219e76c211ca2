import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { LambdaName } from "#shared/resources/processes.ts";
import { queues as queueTable } from "#shared/resources/queues.ts";
import type { QueueName, QueueResource } from "#shared/resources/queues.ts";
import type { Queues } from "./queues.ts";

/**
 * Feeds queues to their Lambdas as the queue table says, order kept within each message group. What
 * failed comes back alone: the Lambda names it, and what stands before it is done.
 */
export function feedLambdas(
  queues: Queues,
  lambdas: Record<LambdaName, IFunction>,
  maxConcurrency: number,
): void {
  for (const [name, { feeds }] of Object.entries<QueueResource>(queueTable)) {
    if (!feeds) continue;
    for (const [index, queue] of queues[name as QueueName].shards.entries()) {
      lambdas[feeds.lambda as LambdaName].addEventSourceMapping(`source-${index}`, {
        eventSourceArn: queue.queueArn,
        batchSize: feeds.batchSize,
        maxConcurrency: Math.min(feeds.mostAtOnce ?? maxConcurrency, maxConcurrency),
        reportBatchItemFailures: true,
      });
    }
  }
}
