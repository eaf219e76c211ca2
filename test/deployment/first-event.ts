import { requestEvent } from "#functions/test/request-event.ts";
import type { RouteName } from "#functions/test/request-event.ts";
import { socketEvent } from "#functions/test/socket-event.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import { queues } from "#shared/resources/queues.ts";
import type { QueueResource } from "#shared/resources/queues.ts";
import { schedules } from "#shared/resources/schedules.ts";
import type { ScheduleResource } from "#shared/resources/schedules.ts";
import { routes } from "#shared/routes/table.ts";

/** An event as whoever calls this Lambda would send it, and what shows that it was understood. */
export type FirstEvent = { event: unknown; understood: (result: unknown) => boolean };

/** By the tables: a route of its own, a message of its queue, its schedule. */
export function firstEvent(lambda: LambdaName): FirstEvent {
  const route = (Object.keys(routes) as RouteName[]).find((name) => routes[name].lambda === lambda);
  if (route) return { event: requestEvent(route, {}), understood: isAnswer };
  const fed = Object.values<QueueResource>(queues).some(({ feeds }) => feeds?.lambda === lambda);
  if (fed) return { event: { Records: [unreadable] }, understood: givesBack };
  const schedule = Object.entries<ScheduleResource>(schedules).find(
    ([, resource]) => resource.lambda === lambda,
  );
  if (schedule) return { event: { schedule: schedule[0] }, understood: () => true };
  if (lambda === "schedule") return { event: {}, understood: () => true };
  if (lambda === "socket") {
    return { event: socketEvent("$connect", "connection"), understood: isAnswer };
  }
  throw new Error(`nothing in the tables calls ${lambda}: no route, no queue, no schedule`);
}

function isAnswer(result: unknown): boolean {
  const { statusCode } = result as { statusCode?: number };
  return statusCode !== undefined && statusCode >= 200 && statusCode < 500;
}

const unreadable = {
  messageId: "unreadable",
  receiptHandle: "receipt",
  body: "not JSON",
  attributes: { MessageGroupId: "group", ApproximateReceiveCount: "1" },
  messageAttributes: {},
  eventSource: "aws:sqs",
};

/** What it cannot read goes back to the queue, and from there to the dead letters. */
function givesBack(result: unknown): boolean {
  const { batchItemFailures } = result as { batchItemFailures?: { itemIdentifier: string }[] };
  return batchItemFailures?.[0]?.itemIdentifier === unreadable.messageId;
}
