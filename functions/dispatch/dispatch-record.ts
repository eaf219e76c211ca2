import * as eventLog from "#functions/store/event-log.ts";
import { accountNoticeSchema } from "#shared/contracts/account-event.ts";
import type { AccountNotice } from "#shared/contracts/account-event.ts";
import { eventBatchSchema, eventIds } from "#shared/contracts/event.ts";
import type { EventBatch } from "#shared/contracts/event.ts";
import type { SQSRecord } from "aws-lambda";
import { z } from "zod";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { countEvents } from "./count-events.ts";
import { dispatchNotice } from "./dispatch-notice.ts";
import { projectBatch } from "./project-batch.ts";
import { pushEvents } from "./push-events.ts";
import { wakeWebhooks } from "./wake-webhooks.ts";

const dayMs = 24 * 3_600_000;

/**
 * One batch of a session's events: into the log, the read model, to webhooks and subscribers. A copy that the
 * runner published again is dropped here, because the delivery that wrote the log is answerable for
 * the rest; that delivery itself, when it comes again, does everything again.
 */
export async function dispatchRecord(deps: DispatchDeps, record: SQSRecord): Promise<void> {
  const body = parseBody(record);
  if (body.type === "account.notice.v1") await dispatchNotice(deps, body);
  else await dispatchBatch(deps, body, record);
}

async function dispatchBatch(
  deps: DispatchDeps,
  batch: EventBatch,
  record: SQSRecord,
): Promise<void> {
  const retentionMs = deps.eventRetentionDays * dayMs;
  const fresh = batch.replay ? await withoutLogged(deps, batch) : batch;
  const isNew =
    fresh.events.length > 0 && (await eventLog.append(deps.messages, fresh, retentionMs));
  const isFirstDelivery = Number(record.attributes.ApproximateReceiveCount) === 1;
  if (!isNew && isFirstDelivery) {
    const { sessionId, events } = batch;
    deps.log.debug({ sessionId, cursor: events[0]?.cursor }, "events were published twice");
    return;
  }
  const owed = isFirstDelivery ? fresh : batch;
  const superseded = await projectBatch(deps, owed.events);
  for (const event of owed.events) deps.log.debug(eventIds(event), "event was dispatched");
  countEvents(deps.metrics, owed.events);
  // Their place in the log is before what followers have heard already.
  const events = owed.events.filter((event) => !superseded.has(event));
  await wakeWebhooks(deps, { ...owed, events, source: owed.sessionId });
  await pushEvents(deps, { ...owed, events });
  await deps.feedSinks(events);
  await deps.keepTallies(owed);
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

const bodySchema = z.discriminatedUnion("type", [eventBatchSchema, accountNoticeSchema]);

function parseBody({ body, messageId }: SQSRecord): EventBatch | AccountNotice {
  const result = bodySchema.safeParse(parseJson(body));
  if (result.success && isWhole(result.data)) return result.data;
  const paths = result.error?.issues.map((issue) => issue.path.join(".")) ?? ["events"];
  throw new Error(`message ${messageId} is no batch of events: look at ${paths.join(", ")}`);
}

/** Whether all of a batch's events are of the session that it names. */
function isWhole(body: EventBatch | AccountNotice): boolean {
  if (body.type === "account.notice.v1") return true;
  const { sessionId, accountId } = body;
  return body.events.every(
    (event) => event.sessionId === sessionId && event.accountId === accountId,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
