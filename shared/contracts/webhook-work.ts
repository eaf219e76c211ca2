import { z } from "zod";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";

const base = { accountId: idSchema("account"), webhookId: idSchema("webhook") };

/** Bodies of the webhooks queue. They say that there is work, never what it is. */
export const webhookWorkSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...base,
    type: z.literal("webhook.follow.v1"),
    /** The session or account whose log has something for the endpoint. */
    source: z.string(),
    /** Where to begin when the endpoint has not followed this source before. */
    first: cursorSchema,
  }),
  z.strictObject({
    ...base,
    type: z.literal("webhook.retry.v1"),
    deliveryId: idSchema("delivery"),
  }),
]);

export type WebhookWork = z.infer<typeof webhookWorkSchema>;

/**
 * The SQS message group: one endpoint's events of one source are in order and never worked on twice
 * at a time, and what was set aside holds up nothing that is new.
 */
export function workGroup(work: WebhookWork): string {
  return work.type === "webhook.follow.v1" ? `${work.webhookId}:${work.source}` : work.webhookId;
}
