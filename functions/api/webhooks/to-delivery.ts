import { deliveryPrefix, eventIdOf } from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import type { deliverySchema } from "#shared/contracts/webhook-delivery.ts";
import type { z } from "zod";

/** A delivery as lists show it. */
export function toDelivery(item: DeliveryItem): z.infer<typeof deliverySchema> {
  const id = item.sk.slice(deliveryPrefix.length);
  return {
    id,
    webhookId: item.pk,
    eventId: eventIdOf(id),
    type: item.type,
    sessionId: item.source === item.accountId ? null : item.source,
    cursor: item.cursor,
    status: item.status,
    nextAttemptAt: item.nextAt === undefined ? null : new Date(item.nextAt).toISOString(),
    attempts: item.attempts.map(({ at, ms, status, error }) => ({
      at: new Date(at).toISOString(),
      ms,
      statusCode: status ?? null,
      error: error ?? null,
    })),
  };
}
