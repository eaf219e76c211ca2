import * as eventLog from "#functions/store/event-log.ts";
import * as deliveries from "#functions/store/webhook-deliveries.ts";
import * as places from "#functions/store/webhook-places.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { WebhookWork } from "#shared/contracts/webhook-work.ts";
import { beforeCursor } from "./before-cursor.ts";
import type { DeliverDeps, Endpoint } from "./deliver-deps.ts";
import { deliverEvent } from "./deliver-event.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { attemptsInLine } from "./retry-schedule.ts";
import { toBody } from "./to-body.ts";
import { toDelivery } from "./to-delivery.ts";

/** No event is begun after so long, so that the last one's attempts fit into a Lambda's time. */
const runMs = 8_000;

type Follow = Extract<WebhookWork, { type: "webhook.follow.v1" }>;

/**
 * Sends an endpoint what the log of one source holds for it, in order, from where it stands. `again`
 * says that an earlier try may have sent some of it already.
 */
export async function followSource(deps: DeliverDeps, work: Follow, again: boolean): Promise<void> {
  const { accountId, webhookId, source } = work;
  const [endpoint, place] = await Promise.all([
    findEndpoint(deps, work),
    places.find(deps.webhooks, webhookId, source),
  ]);
  if (!endpoint?.webhook.enabled) {
    if (place?.dueIn) await places.stopWaiting(deps.webhooks, place);
    return;
  }
  const { dueAt = 0 } = place ?? {};
  const startedAt = deps.now();
  if (dueAt > startedAt) return;
  const looks = again || dueAt > 0;
  const begin = place?.cursor ?? beforeCursor(work.first);
  let cursor = begin;
  const keep = (waitsUntil?: number) =>
    places.put(deps.webhooks, webhookId, { accountId, source, cursor, ...dueOf(waitsUntil) });
  for await (const event of eventLog.anyAfter(deps.messages, source, cursor)) {
    if (webhooks.wants(endpoint.webhook, event)) {
      if (deps.now() - startedAt > runMs) {
        await keep();
        // What it goes on with has a name of its own: the queue has seen this one.
        await deps.sendWork([{ work, once: `${webhookId} ${source} after ${cursor}` }]);
        return;
      }
      const waitsUntil = await deliver(deps, endpoint, event, looks);
      if (waitsUntil !== undefined) return keep(waitsUntil);
    }
    cursor = event.cursor;
    if (!endpoint.webhook.enabled) break;
  }
  if (cursor !== begin || place?.dueIn) await keep();
}

/** Gives the time of the next attempt when the line has to wait for it. */
async function deliver(
  deps: DeliverDeps,
  endpoint: Endpoint,
  event: LoggedEvent,
  looks: boolean,
): Promise<number | undefined> {
  const { webhookId } = endpoint.webhook;
  const deliveryId = deliveries.deliveryIdOf(event.id);
  const earlier = looks ? await deliveries.find(deps.webhooks, webhookId, deliveryId) : undefined;
  // Settled or set aside by a try that ended before it could say how far it had come.
  if (earlier && (earlier.status !== "retrying" || earlier.dueIn)) return undefined;
  const delivery = earlier ?? toDelivery(webhookId, event, deps.now());
  if (delivery.nextAt !== undefined && delivery.nextAt > deps.now()) return delivery.nextAt;
  await deliverEvent(deps, endpoint, delivery, { body: toBody(event), inLine: true });
  const waits = delivery.status === "retrying" && delivery.count < attemptsInLine;
  return waits ? delivery.nextAt : undefined;
}

function dueOf(waitsUntil: number | undefined): { dueAt?: number } {
  return waitsUntil === undefined ? {} : { dueAt: waitsUntil };
}
