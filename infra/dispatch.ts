import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ShardedQueue } from "./queues.ts";

/**
 * Feeds the events queue to its Lambda, order kept within each session. Events that failed come
 * back alone: the Lambda names them, and what stands before them is done.
 */
export function feedDispatch(handler: IFunction, events: ShardedQueue): void {
  for (const [index, queue] of events.shards.entries()) {
    handler.addEventSourceMapping(`source-${index}`, {
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
  }
}
