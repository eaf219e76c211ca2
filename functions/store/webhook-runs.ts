// Deliveries that succeeded at once, one after the other at one endpoint: one item for many, which is
// a small part of a write unit for each. It stands among the deliveries, under its newest.
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { sourceOf } from "#shared/contracts/account-event.ts";
import { timeOfId } from "#shared/ids.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";
import { packText, unpackText } from "./packed-text.ts";
import { deliveryIdOf, deliveryKey, keptMs, placeOf } from "./webhook-deliveries.ts";
import type { Attempt, DeliveryItem } from "./webhook-deliveries.ts";

/** One of a run; its event was sent as it is. */
export type RunEntry = {
  event: LoggedEvent;
  attempt: Attempt;
  answer?: DeliveryItem["answer"];
};

export type RunItem = ItemKey & { packed: Uint8Array; expiresAt: number };

/** The events of a run are no further apart, so that who looks for one knows where to look. */
export const runSpanMs = 60_000;

/** Sorts behind the delivery whose id it follows. */
const runSuffix = "+run";

/** @throws {RangeError} when there is nothing to be put */
export async function put(webhooks: Table, webhookId: string, run: RunEntry[]): Promise<void> {
  const newest = run
    .map(({ event }) => event.id)
    .toSorted()
    .at(-1);
  if (newest === undefined) throw new RangeError("a run has one delivery at least");
  const { pk, sk } = deliveryKey(webhookId, deliveryIdOf(newest));
  await items.put(webhooks, toItem({ pk, sk: `${sk}${runSuffix}` }, run, webhooks.now() + keptMs));
}

function toItem(key: ItemKey, run: RunEntry[], expiresAtMs: number): RunItem {
  return { ...key, packed: packText(JSON.stringify(run)), expiresAt: expiryAt(expiresAtMs) };
}

export function isRun(item: ItemKey): item is RunItem {
  return item.sk.endsWith(runSuffix);
}

/** A run's deliveries as they would be if each had been kept by itself, in the order of its source. */
export function toDeliveries(run: RunItem): DeliveryItem[] {
  return entriesOf(run).map(({ event, attempt, answer }) => ({
    ...deliveryKey(run.pk, deliveryIdOf(event.id)),
    accountId: event.accountId,
    source: sourceOf(event),
    cursor: event.cursor,
    type: event.type,
    status: "succeeded",
    count: 1,
    attempts: [attempt],
    body: JSON.stringify(event),
    ...(answer && { answer }),
    expiresAt: run.expiresAt,
    run: run.sk,
  }));
}

/** The delivery of one event, if a run holds it. */
export async function find(
  webhooks: Table,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryItem | undefined> {
  // What is beyond the end of time is no id of ours.
  if (!/^dlv_[0-7]/.test(deliveryId)) return undefined;
  const { sk } = deliveryKey(webhookId, deliveryId);
  const around = items.query<RunItem>(webhooks, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
    FilterExpression: "attribute_exists(packed)",
    ExpressionAttributeValues: {
      ":pk": webhookId,
      ":from": sk,
      ":to": placeOf(timeOfId(deliveryId) + runSpanMs + 1),
    },
  });
  for await (const run of around) {
    const found = toDeliveries(run).find((delivery) => delivery.sk === sk);
    if (found) return found;
  }
  return undefined;
}

/** Takes deliveries, by their sort keys, out of a run: each has an item of its own by now. */
export async function takeOut(webhooks: Table, key: ItemKey, gone: Set<string>): Promise<void> {
  for (let done = false; !done;) {
    const run = await items.find<RunItem>(webhooks, key);
    if (!run) return;
    const left = entriesOf(run).filter(
      ({ event }) => !gone.has(deliveryKey(run.pk, deliveryIdOf(event.id)).sk),
    );
    const unchanged = {
      ConditionExpression: "packed = :packed",
      ExpressionAttributeValues: { ":packed": run.packed },
    };
    done =
      left.length === 0
        ? await items.removeIf(webhooks, key, unchanged)
        : await items.put(webhooks, toItem(key, left, run.expiresAt * 1000), unchanged);
  }
}

function entriesOf({ packed }: RunItem): RunEntry[] {
  return JSON.parse(unpackText(packed)) as RunEntry[];
}
