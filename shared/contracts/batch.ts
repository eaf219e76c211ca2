import { z } from "zod";
import { recipientSchema } from "../address.ts";
import { idSchema } from "../ids.ts";
import { sendOptions } from "./message.ts";
import { messageReasonSchema, messageStatuses } from "./message-status.ts";
import { templateMessageSchema, variablesSchema } from "./template.ts";

const maxRecipients = 1_000;

const { to: _, ...options } = sendOptions;

const ofTemplate = z.strictObject({
  type: z.literal("template"),
  template: z.strictObject({ templateId: idSchema("template") }),
});

export const createBatchBody = z.strictObject({
  message: z
    .union([ofTemplate, templateMessageSchema])
    .describe("A message with {{variables}} in its texts, or a template"),
  recipients: z
    .array(z.strictObject({ to: recipientSchema, variables: variablesSchema.optional() }))
    .min(1)
    .max(maxRecipients),
  ...options,
});

export const batchStates = ["running", "paused", "cancelled"] as const;

export type BatchState = (typeof batchStates)[number];

/** Of each recipient: its message's status; `cancelled` and `removed` where there is none any more. */
export const recipientStatuses = [...messageStatuses, "cancelled", "removed"] as const;

const counts = z.object(
  Object.fromEntries(recipientStatuses.map((status) => [status, z.int()])) as Record<
    (typeof recipientStatuses)[number],
    z.ZodInt
  >,
);

export const batchSchema = z.object({
  id: idSchema("batch"),
  sessionId: idSchema("session"),
  state: z.enum(batchStates),
  total: z.int(),
  queued: z.int().describe("Recipients whose message has been made and queued so far"),
  createdAt: z.iso.datetime(),
  sendAt: z.iso.datetime().nullable(),
});

export const batchProgressSchema = batchSchema.extend({
  counts: counts.describe("Recipients by what became of their message; they add up to `total`"),
  failures: z.array(
    z.object({
      index: z.int().describe("Which of the recipients, from 0"),
      to: z.string(),
      messageId: idSchema("message"),
      reason: messageReasonSchema.nullable(),
      detail: z.string().nullable(),
    }),
  ),
});

/** Work for the Lambda that makes a batch's messages. */
export const batchWorkSchema = z.strictObject({
  type: z.literal("batch.fan-out.v1"),
  accountId: idSchema("account"),
  batchId: idSchema("batch"),
});

export type BatchWork = z.infer<typeof batchWorkSchema>;
