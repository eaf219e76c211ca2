import { z } from "zod";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";
import { pageQueryShape } from "./page.ts";

const time = z.iso.datetime();

/** `failed` is the dead letter: nothing more is tried unless it is asked for. */
const deliveryStatuses = ["succeeded", "retrying", "failed"] as const;

export const deliveryStatusSchema = z.enum(deliveryStatuses);

export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

export const attemptErrors = [
  "timeout",
  "address_denied",
  "name_not_found",
  "connection_refused",
  "connection_lost",
  "tls_failed",
  "not_https",
  "network_failed",
] as const;

export type AttemptError = (typeof attemptErrors)[number];

const attemptSchema = z.object({
  at: time,
  ms: z.int().describe("How long it took"),
  statusCode: z.int().nullable(),
  error: z.enum(attemptErrors).nullable().describe("Why there was no answer"),
});

export const deliverySchema = z.object({
  id: idSchema("delivery"),
  webhookId: idSchema("webhook"),
  eventId: idSchema("event"),
  type: z.string(),
  sessionId: idSchema("session").nullable(),
  cursor: cursorSchema,
  status: deliveryStatusSchema,
  nextAttemptAt: time.nullable(),
  attempts: z.array(attemptSchema).describe("The latest, oldest first"),
});

const excerpt = { body: z.string(), isCut: z.boolean().describe("True when there was more") };

export const deliveryDetailsSchema = deliverySchema.extend({
  request: z.object({ headers: z.record(z.string(), z.string()), ...excerpt }),
  answer: z
    .object({ statusCode: z.int(), ...excerpt })
    .nullable()
    .describe("The latest"),
});

export const listDeliveriesQuery = z.strictObject({
  ...pageQueryShape,
  status: deliveryStatusSchema.optional().describe("`failed` lists the dead letters"),
});

export const redeliverBody = z.strictObject({
  after: time.optional().describe("Of events at or after this time"),
  before: time.optional().describe("Of events before this time"),
  status: deliveryStatusSchema.optional().describe("All of the range when absent"),
  cursor: z.string().max(512).optional(),
});

export const redeliveredSchema = z.object({
  queued: z.int(),
  nextCursor: z.string().nullable().describe("More are left: send it again with this `cursor`"),
});
