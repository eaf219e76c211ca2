// An endpoint's deliveries as their owner sees them, whether one has an item of its own or is in a run.
import { encodePageCursor, parsePageCursor } from "#functions/api/page-cursor.ts";
import type { DeliveryStatus } from "#shared/contracts/webhook-delivery.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";
import * as deliveries from "./webhook-deliveries.ts";
import { deliveryPrefix, placeOf } from "./webhook-deliveries.ts";
import type { DeliveryItem } from "./webhook-deliveries.ts";
import * as runs from "./webhook-runs.ts";
import type { RunItem } from "./webhook-runs.ts";

export async function find(
  webhooks: Table,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryItem | undefined> {
  const own = await deliveries.find(webhooks, webhookId, deliveryId);
  return own ?? runs.find(webhooks, webhookId, deliveryId);
}

export type DeliveryRange = {
  webhookId: string;
  status?: DeliveryStatus | undefined;
  newestFirst: boolean;
  /** Milliseconds since 1970, of the events: from `after` on, and before `before`. */
  after?: number | undefined;
  before?: number | undefined;
};

/** One page of an endpoint's deliveries, by the time of their events; within a minute, by runs. */
export async function page(
  webhooks: Table,
  range: DeliveryRange,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ page: DeliveryItem[]; nextCursor: string | null }> {
  const { webhookId, status, newestFirst } = range;
  const last = cursor === undefined ? undefined : parsePosition(cursor, webhookId);
  const shown: DeliveryItem[] = [];
  let position = "";
  for await (const item of itemsIn(webhooks, range, last?.item)) {
    const all = runs.isRun(item) ? runs.toDeliveries(item) : [item];
    const ordered = newestFirst ? all.toReversed() : all;
    const skipped =
      item.sk === last?.item ? ordered.findIndex(({ sk }) => sk === last.delivery) + 1 : 0;
    for (const delivery of ordered.slice(skipped)) {
      if (status !== undefined && delivery.status !== status) continue;
      if (!isWithin(range, delivery)) continue;
      if (shown.length === limit) {
        return { page: shown, nextCursor: encodePageCursor(webhookId, position) };
      }
      shown.push(delivery);
      position = `${item.sk} ${delivery.sk}`;
    }
  }
  return { page: shown, nextCursor: null };
}

/** Where a page has ended: an item, and a delivery in it. */
function parsePosition(cursor: string, webhookId: string): { item: string; delivery: string } {
  const [item = "", delivery = item] = parsePageCursor(cursor, webhookId, deliveryPrefix).split(
    " ",
  );
  return { item, delivery };
}

function itemsIn(
  webhooks: Table,
  { webhookId, status, newestFirst, after, before }: DeliveryRange,
  last: string | undefined,
): AsyncGenerator<DeliveryItem | RunItem> {
  const isOpen = status !== undefined && status !== "succeeded";
  const from = after === undefined ? deliveryPrefix : placeOf(after);
  // A run stands under its newest, which may be later than the one that is meant.
  const to = before === undefined ? `${deliveryPrefix}~` : placeOf(before + runs.runSpanMs);
  return items.query<DeliveryItem | RunItem>(webhooks, {
    KeyConditionExpression: "#partition = :webhook AND sk BETWEEN :from AND :to",
    ExpressionAttributeNames: { "#partition": isOpen ? "openIn" : "pk" },
    ExpressionAttributeValues: {
      ":webhook": webhookId,
      ":from": last !== undefined && !newestFirst ? last : from,
      ":to": last !== undefined && newestFirst ? last : to,
    },
    ScanIndexForward: !newestFirst,
    Limit: 25,
    // An index knows nothing of consistent reads.
    ...(isOpen && { IndexName: "open", ConsistentRead: false }),
  });
}

function isWithin({ after, before }: DeliveryRange, { sk }: DeliveryItem): boolean {
  return (
    (after === undefined || sk >= placeOf(after)) && (before === undefined || sk < placeOf(before))
  );
}
