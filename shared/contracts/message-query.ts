import { z } from "zod";
import { recipientSchema } from "../address.ts";
import { messageStatusSchema } from "./message-status.ts";
import { pageQueryShape } from "./page.ts";

export const listMessagesQuery = z.strictObject({
  ...pageQueryShape,
  chat: recipientSchema.optional().describe("With this person, or in this group"),
  from: z.iso.datetime().optional().describe("Not older than this"),
  to: z.iso.datetime().optional().describe("Older than this"),
  status: messageStatusSchema.optional(),
  direction: z
    .enum(["outbound", "inbound"])
    .optional()
    .describe("With this or `status`, a page may hold fewer than `limit` though more follow"),
});

export type ListMessagesQuery = z.infer<typeof listMessagesQuery>;
