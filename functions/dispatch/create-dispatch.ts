import createPipeline from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { queues } from "#shared/resources/queues.ts";
import pMap from "p-map";
import { closeFollowers } from "./close-followers.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { dispatchWork } from "./dispatch-work.ts";
import { secondsUntilAgain } from "./seconds-until-again.ts";
import { takeWork } from "./take-work.ts";

/** How many sessions of one batch are worked on at a time. */
const concurrency = 8;

type DispatchHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The Lambda that makes the read model and pushes out of events. */
export function createDispatch(deps: DispatchDeps): DispatchHandler {
  const pipeline = createPipeline<SQSEvent, SQSBatchResponse>().handler(async (event: SQSEvent) => {
    const groups = Object.values(Object.groupBy(event.Records, groupOf));
    const left = await pMap(groups, (records = []) => dispatchGroup(deps, records), {
      concurrency,
    });
    deps.metrics.flush();
    const batchItemFailures = left.flat().map(({ messageId }) => ({ itemIdentifier: messageId }));
    return { batchItemFailures };
  });
  return (event, context) => pipeline(event, context);
}

function groupOf({ attributes, messageId }: SQSRecord): string {
  return attributes.MessageGroupId ?? messageId;
}

/**
 * Gives what is left from the first failure on: later events must not overtake it. What is given up
 * goes alone: those behind it have come as often.
 */
async function dispatchGroup(deps: DispatchDeps, records: SQSRecord[]): Promise<SQSRecord[]> {
  for (let left = records; ;) {
    const [record, ...behind] = left;
    if (!record) return [];
    try {
      const work = takeWork(left);
      await dispatchWork(deps, work);
      left = left.slice(work.count);
    } catch (error) {
      const { messageId: sqsMessageId, attributes } = record;
      const { ApproximateReceiveCount: receiveCount, MessageGroupId: group } = attributes;
      const place = { sqsMessageId, group, receiveCount };
      deps.log.error({ err: error, ...place }, "events could not be dispatched");
      if (Number(receiveCount) < queues.events.maxReceiveCount) {
        await postpone(deps, left, secondsUntilAgain(error, Number(receiveCount)));
        return left;
      }
      // The next place for it is the dead-letter queue.
      await closeFollowers(deps, record);
      return [record, ...(await dispatchGroup(deps, behind))];
    }
  }
}

/** All of them, for the group stands still until the last one is visible. */
async function postpone(deps: DispatchDeps, records: SQSRecord[], seconds: number): Promise<void> {
  try {
    await deps.comeAgain(records, seconds);
  } catch (error) {
    deps.log.warn({ err: error, seconds }, "events come again when the queue sees fit");
  }
}
