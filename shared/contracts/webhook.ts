import { z } from "zod";
import { idSchema } from "../ids.ts";
import { loggedEventTypes } from "./account-event.ts";
import { findSinkTarget, isArn, sinkRoleSchema } from "./sink-target.ts";
import { webhookHeadersSchema } from "./webhook-headers.ts";

const time = z.iso.datetime();

const urlSchema = z
  .url({
    protocol: /^(?:https?|arn)$/,
    error: "must be a URL that starts with https://, or the ARN of an SQS queue or EventBridge bus",
  })
  .max(2048)
  .refine(
    (text) => !isArn(text) || findSinkTarget(text) !== undefined,
    "must be the ARN of an SQS queue or of an EventBridge bus, if it is one",
  )
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).username === "" && !text.includes("#")),
    "must hold no user name, password or fragment; send credentials in `headers`",
  );

const typesSchema = z.array(z.enum(loggedEventTypes)).min(1);

const changeable = {
  url: urlSchema.describe("Where events are sent: https, or a queue's or bus's ARN"),
  roleArn: sinkRoleSchema
    .nullable()
    .describe("The role of yours that sends to a queue or bus; null for a URL"),
  types: typesSchema.nullable().describe("The types of event that are sent; null for all"),
  headers: webhookHeadersSchema.describe("Sent along with each event; never shown again"),
  description: z.string().max(200),
  enabled: z.boolean(),
};

export const createWebhookBody = z.strictObject({
  ...changeable,
  roleArn: changeable.roleArn.optional(),
  types: changeable.types.optional(),
  headers: changeable.headers.optional(),
  description: changeable.description.optional(),
  enabled: changeable.enabled.optional(),
  sessionId: idSchema("session").optional().describe("Only this session's events"),
});

export const updateWebhookBody = z.strictObject(changeable).partial();

export const webhookSchema = z.object({
  id: idSchema("webhook"),
  url: z.string(),
  roleArn: z.string().nullable(),
  description: z.string(),
  sessionId: idSchema("session").nullable(),
  types: typesSchema.nullable(),
  headerNames: z.array(z.string()),
  enabled: z.boolean(),
  disabledReason: z.enum(["user", "gone", "failing"]).nullable(),
  failingSince: time.nullable().describe("Nothing has succeeded since; five days of it disable"),
  formerSecretWorksUntil: time.nullable(),
  createdAt: time,
});

export const createdWebhookSchema = webhookSchema.extend({
  secret: z.string().describe("Verifies signatures. Shown once, never again"),
});

export const rotateSecretBody = z.strictObject({
  overlapHours: z.int().min(0).max(168).default(24).describe("How long the old one signs too"),
});

export const rotatedSecretSchema = z.object({
  secret: z.string().describe("The new secret. Shown once, never again"),
  formerSecretWorksUntil: time,
});
