import { z } from "zod";
import { idSchema } from "../ids.ts";
import { pageQueryShape } from "./page.ts";

const daySchema = z.iso.date().describe("A day in UTC, like 2026-11-21");

export const periodShape = {
  from: daySchema.optional().describe("The first day; 30 days before the last one when absent"),
  to: daySchema.optional().describe("The last day; today when absent"),
  sessionId: idSchema("session").optional().describe("Only this session's"),
};

/** Days that one request for statistics may span. */
export const mostStatisticsDays = 100;

export const statisticsQuery = z.strictObject({
  ...periodShape,
  from: periodShape.from.describe(
    `The first day, at most ${mostStatisticsDays} days in all; 30 days before the last one when absent`,
  ),
  ...pageQueryShape,
  limit: pageQueryShape.limit.describe("Sessions of a page"),
});

const owner = { sessionId: idSchema("session"), day: daySchema };

export const statisticsSchema = z.object({
  data: z.array(
    z.object({
      ...owner,
      direction: z.enum(["outbound", "inbound", "phone"]).describe("phone: what its owner sent"),
      kind: z.string().describe("text, image and so on; `any` on receipts, which do not tell"),
      status: z.string(),
      count: z.int(),
    }),
  ),
  cursors: z
    .record(z.string(), z.string())
    .describe("By session, the last event that is counted: live counts go on from there"),
  nextCursor: z.string().nullable().describe("Leads to further sessions, where there are any"),
});

export const usageRowSchema = z.object({
  ...owner,
  messagesSent: z.int().describe("Through the API, as far as WhatsApp has acknowledged them"),
  messagesReceived: z.int(),
  activeSeconds: z.int().describe("How long the session was active"),
  mediaBytesSent: z.int(),
  mediaBytesReceived: z.int(),
});

export type UsageRow = z.infer<typeof usageRowSchema>;

export const usageSchema = z.object({
  data: z.array(usageRowSchema),
  totals: usageRowSchema.omit({ sessionId: true, day: true }),
});
