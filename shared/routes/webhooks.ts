import { z } from "zod";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import {
  createdWebhookSchema,
  createWebhookBody,
  rotatedSecretSchema,
  rotateSecretBody,
  updateWebhookBody,
  webhookSchema,
} from "../contracts/webhook.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const params = z.strictObject({ webhookId: idSchema("webhook") });
const auth = { access: "scope", scope: "webhooks:write" } as const;

export const webhookRoutes = {
  createWebhook: defineRoute({
    name: "createWebhook",
    method: "POST",
    path: "/v1/webhooks",
    lambda: "webhooks",
    summary: "Have events sent to a URL",
    auth,
    idempotent: true,
    body: createWebhookBody,
    example: {
      body: { url: "https://example.com/hooks", types: ["message.received", "message.status"] },
    },
    responses: { 201: { description: "With its secret, shown once", body: createdWebhookSchema } },
    faults: ["not_found", "webhook_limit_reached"],
  }),
  listWebhooks: defineRoute({
    name: "listWebhooks",
    method: "GET",
    path: "/v1/webhooks",
    lambda: "webhooks",
    summary: "List webhooks",
    auth,
    query: z.strictObject(pageQueryShape),
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Webhooks, no secrets", body: pageOf(webhookSchema) } },
    faults: [],
  }),
  getWebhook: defineRoute({
    name: "getWebhook",
    method: "GET",
    path: "/v1/webhooks/{webhookId}",
    lambda: "webhooks",
    summary: "One webhook",
    auth,
    params,
    responses: { 200: { description: "The webhook", body: webhookSchema } },
    faults: ["not_found"],
  }),
  updateWebhook: defineRoute({
    name: "updateWebhook",
    method: "PATCH",
    path: "/v1/webhooks/{webhookId}",
    lambda: "webhooks",
    summary: "Change a webhook; enabled again it goes on where it was",
    auth,
    params,
    body: updateWebhookBody,
    example: { body: { description: "Orders", enabled: true } },
    responses: { 200: { description: "The webhook", body: webhookSchema } },
    faults: ["not_found"],
  }),
  deleteWebhook: defineRoute({
    name: "deleteWebhook",
    method: "DELETE",
    path: "/v1/webhooks/{webhookId}",
    lambda: "webhooks",
    summary: "Delete a webhook; nothing more is sent",
    auth,
    params,
    responses: { 204: { description: "Deleted" } },
    faults: ["not_found"],
  }),
  rotateWebhookSecret: defineRoute({
    name: "rotateWebhookSecret",
    method: "POST",
    path: "/v1/webhooks/{webhookId}/rotate-secret",
    lambda: "webhooks",
    summary: "A new secret; the old one signs too for a while",
    auth,
    idempotent: true,
    params,
    body: rotateSecretBody,
    example: { body: { overlapHours: 24 } },
    responses: { 200: { description: "The new secret, shown once", body: rotatedSecretSchema } },
    faults: ["not_found"],
  }),
};
