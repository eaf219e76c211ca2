import { z } from "zod";
import { pageOf } from "../contracts/page.ts";
import {
  deliveryDetailsSchema,
  deliverySchema,
  listDeliveriesQuery,
  redeliverBody,
  redeliveredSchema,
} from "../contracts/webhook-delivery.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const webhook = { webhookId: idSchema("webhook") };
const delivery = { ...webhook, deliveryId: idSchema("delivery") };
const auth = { access: "scope", scope: "webhooks:write" } as const;

export const webhookDeliveryRoutes = {
  testWebhook: defineRoute({
    name: "testWebhook",
    method: "POST",
    path: "/v1/webhooks/{webhookId}/test",
    lambda: "webhooks",
    summary: "Send a `webhook.test` event, once, also to a webhook that is disabled",
    auth,
    params: z.strictObject(webhook),
    responses: { 202: { description: "See how it went under its id", body: deliverySchema } },
    faults: ["not_found"],
  }),
  listWebhookDeliveries: defineRoute({
    name: "listWebhookDeliveries",
    method: "GET",
    path: "/v1/webhooks/{webhookId}/deliveries",
    lambda: "webhooks",
    summary: "What was sent in the last 30 days, newest event first",
    auth,
    params: z.strictObject(webhook),
    query: listDeliveriesQuery,
    example: { query: { status: "failed" } },
    responses: { 200: { description: "Deliveries", body: pageOf(deliverySchema) } },
    faults: ["not_found"],
  }),
  getWebhookDelivery: defineRoute({
    name: "getWebhookDelivery",
    method: "GET",
    path: "/v1/webhooks/{webhookId}/deliveries/{deliveryId}",
    lambda: "webhooks",
    summary: "One delivery with its request and the latest answer",
    auth,
    params: z.strictObject(delivery),
    responses: { 200: { description: "The delivery", body: deliveryDetailsSchema } },
    faults: ["not_found"],
  }),
  redeliverWebhookDelivery: defineRoute({
    name: "redeliverWebhookDelivery",
    method: "POST",
    path: "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver",
    lambda: "webhooks",
    summary: "Send one event again, on a schedule of its own from the start",
    auth,
    params: z.strictObject(delivery),
    responses: { 202: { description: "Queued", body: deliverySchema } },
    faults: ["not_found", "webhook_disabled"],
  }),
  redeliverWebhookDeliveries: defineRoute({
    name: "redeliverWebhookDeliveries",
    method: "POST",
    path: "/v1/webhooks/{webhookId}/redeliver",
    lambda: "webhooks",
    summary: "Send a range of events again, or all that failed, oldest first",
    auth,
    params: z.strictObject(webhook),
    body: redeliverBody,
    example: { body: { after: "2026-11-01T00:00:00.000Z", status: "failed" } },
    responses: { 202: { description: "Queued", body: redeliveredSchema } },
    faults: ["not_found", "webhook_disabled"],
  }),
};
