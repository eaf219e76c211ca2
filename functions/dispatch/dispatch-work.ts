import * as eventLog from "#functions/store/event-log.ts";
import { eventIds } from "#shared/contracts/event.ts";
import type { EventBatch, WafleetEvent } from "#shared/contracts/event.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { countEvents } from "./count-events.ts";
import { dispatchNotice } from "./dispatch-notice.ts";
import { projectBatch } from "./project-batch.ts";
import { pushEvents } from "./push-events.ts";
import { redactBatch } from "./redact-batch.ts";
import type { Work } from "./take-work.ts";
import { wakeWebhooks } from "./wake-webhooks.ts";

const dayMs = 24 * 3_600_000;

/** The queue itself drops what comes again within five minutes. */
const droppedForMs = 4 * 60_000;

/**
 * A session's events: into the log, the read model, to webhooks and subscribers. A copy that the
 * runner published again is dropped here, because the delivery that wrote the log is answerable for
 * the rest; that delivery itself, when it comes again, does everything again.
 */
export async function dispatchWork(
  deps: DispatchDeps,
  { body, isFirstDelivery }: Pick<Work, "body" | "isFirstDelivery">,
): Promise<void> {
  if (body.type === "account.notice.v1") await dispatchNotice(deps, body);
  else await dispatchBatch(deps, body, isFirstDelivery);
}

async function dispatchBatch(
  deps: DispatchDeps,
  batch: EventBatch,
  isFirstDelivery: boolean,
): Promise<void> {
  const retentionMs = deps.eventRetentionDays * dayMs;
  const mayBeLogged = batch.replay || !isFirstDelivery || isOld(deps, batch);
  const fresh = mayBeLogged ? await withoutLogged(deps, batch) : batch;
  const isNew =
    fresh.events.length > 0 && (await eventLog.append(deps.messages, fresh, retentionMs));
  if (!isNew && isFirstDelivery) {
    const { sessionId, events } = batch;
    deps.log.debug({ sessionId, cursor: events[0]?.cursor }, "events were published twice");
    return;
  }
  const owed = isFirstDelivery ? fresh : batch;
  const { superseded, erased } = await projectBatch(deps, owed.events, !isFirstDelivery);
  const told = erased.size === 0 ? owed.events : await redactBatch(deps.messages, owed, erased);
  for (const event of owed.events) deps.log.debug(eventIds(event), "event was dispatched");
  countEvents(deps.metrics, owed.events);
  // Their place in the log is before what followers have heard already.
  const events = told.filter((_, index) => !superseded.has(owed.events[index] as WafleetEvent));
  await wakeWebhooks(deps, { ...owed, events, source: owed.sessionId });
  await pushEvents(deps, { ...owed, events });
  await deps.feedSinks(events);
  await deps.keepTallies(owed);
}

function isOld({ messages }: DispatchDeps, { events: [first] }: EventBatch): boolean {
  return first !== undefined && messages.now() - Date.parse(first.at) > droppedForMs;
}

/**
 * Who publishes again what it cannot know to be out does so in batches of its own, and the queue
 * brings again by itself what had been joined. What is in the log is not put there again: a batch
 * inside another one would hide the rest of that from readers.
 */
async function withoutLogged(deps: DispatchDeps, batch: EventBatch): Promise<EventBatch> {
  const logged = await eventLog.cursorsWithin(deps.messages, batch);
  const firstNew = batch.events.findIndex((event) => !logged.has(event.cursor));
  return { ...batch, events: firstNew < 0 ? [] : batch.events.slice(firstNew) };
}
