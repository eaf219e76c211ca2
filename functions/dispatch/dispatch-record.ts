import * as eventLog from "#functions/store/event-log.ts";
import { eventBatchSchema } from "#shared/contracts/event.ts";
import type { EventBatch } from "#shared/contracts/event.ts";
import type { SQSRecord } from "aws-lambda";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { projectEvent } from "./project-event.ts";
import { pushEvents } from "./push-events.ts";

/**
 * One batch of a session's events: into the log, the read model, and to subscribers. A copy that the
 * runner published again is dropped here, because the delivery that wrote the log is answerable for
 * the rest; that delivery itself, when it comes again, does everything again.
 */
export async function dispatchRecord(deps: DispatchDeps, record: SQSRecord): Promise<void> {
  const batch = parseBatch(record);
  const fresh = batch.replay ? await withoutLogged(deps, batch) : batch;
  const isNew = fresh.events.length > 0 && (await eventLog.append(deps.messages, fresh));
  const isFirstDelivery = Number(record.attributes.ApproximateReceiveCount) === 1;
  if (!isNew && isFirstDelivery) {
    const { sessionId, events } = batch;
    deps.log.debug({ sessionId, cursor: events[0]?.cursor }, "events were published twice");
    return;
  }
  const owed = isFirstDelivery ? fresh : batch;
  for (const event of owed.events) await projectEvent(deps, event);
  await pushEvents(deps, owed);
}

/**
 * A new owner publishes again what it cannot know to be out, in batches of its own. What is in the
 * log is not put there again: a batch inside another one would hide the rest of that from readers.
 */
async function withoutLogged(deps: DispatchDeps, batch: EventBatch): Promise<EventBatch> {
  const logged = await eventLog.cursorsWithin(deps.messages, batch);
  const firstNew = batch.events.findIndex((event) => !logged.has(event.cursor));
  return { ...batch, events: firstNew < 0 ? [] : batch.events.slice(firstNew) };
}

function parseBatch({ body, messageId }: SQSRecord): EventBatch {
  const result = eventBatchSchema.safeParse(parseJson(body));
  if (result.success && result.data.events.every((event) => belongs(event, result.data))) {
    return result.data;
  }
  const paths = result.error?.issues.map((issue) => issue.path.join(".")) ?? ["events"];
  throw new Error(`message ${messageId} is no batch of events: look at ${paths.join(", ")}`);
}

function belongs(event: EventBatch["events"][number], batch: EventBatch): boolean {
  return event.sessionId === batch.sessionId && event.accountId === batch.accountId;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
