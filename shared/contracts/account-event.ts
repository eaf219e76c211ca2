import { z } from "zod";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";
import { eventSchema, eventTypes } from "./event.ts";

const base = {
  id: idSchema("event"),
  cursor: cursorSchema,
  sessionId: z.null(),
  accountId: idSchema("account"),
  at: z.iso.datetime(),
};

const webhookDisabled = z.object({
  webhookId: idSchema("webhook"),
  url: z.string(),
  reason: z.enum(["gone", "failing"]),
  detail: z.string().describe("What happened, and what to do about it"),
});

/** What happened to an account rather than to one of its sessions; a log of its own. */
export const accountEventSchema = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal("webhook.disabled"), data: webhookDisabled }),
]);

export type AccountEvent = z.infer<typeof accountEventSchema>;

const accountEventTypes = accountEventSchema.options.map(({ shape }) => shape.type.value);

export const loggedEventTypes = [...eventTypes, ...accountEventTypes];

/** Anything that the event log may hold. */
export const loggedEventSchema = z.union([eventSchema, accountEventSchema]);

export type LoggedEvent = z.infer<typeof loggedEventSchema>;

/** One SQS body: an event of the account, on its way to the log and to everyone who follows. */
export const accountNoticeSchema = z.strictObject({
  type: z.literal("account.notice.v1"),
  event: accountEventSchema,
});

export type AccountNotice = z.infer<typeof accountNoticeSchema>;

/** Whose log holds an event: its session's, or its account's. */
export function sourceOf(event: LoggedEvent): string {
  return event.sessionId ?? event.accountId;
}
