import { z } from "zod";
import { batchProgressSchema, batchSchema, createBatchBody } from "../contracts/batch.ts";
import { pageOf, pageQueryShape } from "../contracts/page.ts";
import { idSchema } from "../ids.ts";
import { defineRoute } from "./define-route.ts";

const params = z.strictObject({ batchId: idSchema("batch") });
const send = { access: "scope", scope: "messages:send" } as const;
const read = { access: "scope", scope: "messages:read" } as const;
const changed = { 200: { description: "The batch", body: batchSchema } };

export const batchRoutes = {
  createBatch: defineRoute({
    name: "createBatch",
    method: "POST",
    path: "/v1/sessions/{sessionId}/messages/batch",
    lambda: "messages",
    summary: "Send a message to up to 1,000 recipients, each with variables of its own",
    auth: send,
    idempotent: true,
    limit: "session",
    params: z.strictObject({ sessionId: idSchema("session") }),
    body: createBatchBody,
    example: {
      body: {
        message: { type: "text", text: { body: "Hello {{name}}" } },
        recipients: [{ to: "+14155550123", variables: { name: "Ada" } }],
      },
    },
    responses: { 202: { description: "Accepted: all of it will be sent", body: batchSchema } },
    faults: [
      "session_not_connected",
      "not_found",
      "template_variables",
      "media_not_found",
      "media_unfit",
      "message_unchangeable",
    ],
  }),
  listBatches: defineRoute({
    name: "listBatches",
    method: "GET",
    path: "/v1/batches",
    lambda: "messages",
    summary: "List batches, newest first",
    auth: read,
    query: z.strictObject(pageQueryShape),
    example: { query: { limit: "20" } },
    responses: { 200: { description: "Batches", body: pageOf(batchSchema) } },
    faults: [],
  }),
  getBatch: defineRoute({
    name: "getBatch",
    method: "GET",
    path: "/v1/batches/{batchId}",
    lambda: "messages",
    summary: "A batch's progress: recipients by status, and those that failed",
    auth: read,
    params,
    responses: { 200: { description: "The progress", body: batchProgressSchema } },
    faults: ["not_found"],
  }),
  pauseBatch: defineRoute({
    name: "pauseBatch",
    method: "POST",
    path: "/v1/batches/{batchId}/pause",
    lambda: "messages",
    summary: "Send nothing more of a batch until it is resumed",
    auth: send,
    params,
    responses: changed,
    faults: ["not_found", "batch_cancelled"],
  }),
  resumeBatch: defineRoute({
    name: "resumeBatch",
    method: "POST",
    path: "/v1/batches/{batchId}/resume",
    lambda: "messages",
    summary: "Go on with a batch that was paused",
    auth: send,
    params,
    responses: changed,
    faults: ["not_found", "batch_cancelled"],
  }),
  cancelBatch: defineRoute({
    name: "cancelBatch",
    method: "POST",
    path: "/v1/batches/{batchId}/cancel",
    lambda: "messages",
    summary: "Send nothing more of a batch; what has left has left",
    auth: send,
    params,
    responses: changed,
    faults: ["not_found"],
  }),
};
