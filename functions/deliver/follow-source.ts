import * as eventLog from "#functions/store/event-log.ts";
import * as deliveryLog from "#functions/store/delivery-log.ts";
import { deliveryIdOf } from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import * as places from "#functions/store/webhook-places.ts";
import type { PlaceItem } from "#functions/store/webhook-places.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { WebhookWork } from "#shared/contracts/webhook-work.ts";
import { beforeCursor } from "./before-cursor.ts";
import type { DeliverDeps, Endpoint } from "./deliver-deps.ts";
import { deliverEvent } from "./deliver-event.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { keepDeliveries } from "./keep-deliveries.ts";
import type { DeliveryKeeper } from "./keep-deliveries.ts";
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
  const { webhookId, source } = work;
  const [endpoint, place] = await Promise.all([
    findEndpoint(deps, work),
    places.find(deps.webhooks, webhookId, source),
  ]);
  if (!endpoint) {
    if (place) await places.remove(deps.webhooks, place);
    return;
  }
  if (!endpoint.webhook.enabled) {
    if (place?.dueIn) await places.stopWaiting(deps.webhooks, place);
    return;
  }
  const { dueAt = 0 } = place ?? {};
  if (dueAt > deps.now()) return;
  const keeper = keepDeliveries(deps, webhookId);
  try {
    await goOn(deps, { work, endpoint, place, keeper, looks: again || dueAt > 0 });
  } catch (error) {
    // What was sent is kept if it can be; the queue brings the rest again.
    await keeper.flush().catch(() => undefined);
    throw error;
  }
}

type Line = {
  work: Follow;
  endpoint: Endpoint;
  place: PlaceItem | undefined;
  keeper: DeliveryKeeper;
  looks: boolean;
};

async function goOn(deps: DeliverDeps, { work, endpoint, place, ...line }: Line): Promise<void> {
  const { accountId, webhookId, source } = work;
  const { keeper } = line;
  const startedAt = deps.now();
  const begin = place?.cursor ?? beforeCursor(work.first);
  let { looks } = line;
  let cursor = begin;
  const keepPlace = async (dueAt?: number) => {
    await keeper.flush();
    const due = dueAt === undefined ? {} : { dueAt };
    const isNew = place === undefined;
    const kept = { accountId, source, cursor, ...due };
    const key = await places.put(deps.webhooks, webhookId, kept, isNew);
    // Its deletion takes the secret first, then the places that it finds: this one it may have missed.
    if (isNew && !(await findEndpoint(deps, work))) await places.remove(deps.webhooks, key);
  };
  for await (const event of eventLog.anyAfter(deps.messages, source, cursor)) {
    if (webhooks.wants(endpoint.webhook, event)) {
      if (deps.now() - startedAt > runMs) {
        await keepPlace();
        // What it goes on with has a name of its own: the queue has seen this one.
        await deps.sendWork([{ work, once: `${webhookId} ${source} after ${cursor}` }]);
        return;
      }
      const earlier = looks ? await findEarlier(deps, webhookId, event) : undefined;
      // They are kept in order: behind one of which nothing is known, nothing is.
      looks &&= earlier !== undefined;
      const waitsUntil = await deliver(deps, endpoint, event, { earlier, keeper });
      if (waitsUntil !== undefined) return keepPlace(waitsUntil);
    }
    cursor = event.cursor;
    if (!endpoint.webhook.enabled) break;
  }
  if (cursor !== begin || place?.dueIn) await keepPlace();
}

function findEarlier(
  { webhooks: table }: DeliverDeps,
  webhookId: string,
  { id }: LoggedEvent,
): Promise<DeliveryItem | undefined> {
  return deliveryLog.find(table, webhookId, deliveryIdOf(id));
}

/** Gives the time of the next attempt when the line has to wait for it. */
async function deliver(
  deps: DeliverDeps,
  endpoint: Endpoint,
  event: LoggedEvent,
  { earlier, keeper }: { earlier: DeliveryItem | undefined; keeper: DeliveryKeeper },
): Promise<number | undefined> {
  // Settled or set aside by a try that ended before it could say how far it had come.
  if (earlier && (earlier.status !== "retrying" || earlier.dueIn)) return undefined;
  const delivery = earlier ?? toDelivery(endpoint.webhook.webhookId, event, deps.now());
  if (delivery.nextAt !== undefined && delivery.nextAt > deps.now()) return delivery.nextAt;
  await deliverEvent(deps, endpoint, delivery, {
    body: toBody(event),
    inLine: true,
    keep: (kept) => keeper.keep(kept, event),
  });
  const waits = delivery.status === "retrying" && delivery.count < attemptsInLine;
  return waits ? delivery.nextAt : undefined;
}
