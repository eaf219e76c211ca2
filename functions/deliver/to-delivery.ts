import { expiryAt } from "#functions/store/expiry.ts";
import { deliveryIdOf, deliveryKey, keptMs } from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import { sourceOf } from "#shared/contracts/account-event.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { cutText } from "./cut-text.ts";
import { toBody } from "./to-body.ts";

const bodyLimit = 4 * 1024;

/** An event that has not been tried at this endpoint yet, as the log of deliveries keeps it. */
export function toDelivery(webhookId: string, event: LoggedEvent, now: number): DeliveryItem {
  const { text, isCut } = cutText(toBody(event), bodyLimit);
  return {
    ...deliveryKey(webhookId, deliveryIdOf(event.id)),
    accountId: event.accountId,
    source: sourceOf(event),
    cursor: event.cursor,
    type: event.type,
    status: "retrying",
    count: 0,
    attempts: [],
    body: text,
    ...(isCut && { isCut }),
    expiresAt: expiryAt(now + keptMs),
  };
}
