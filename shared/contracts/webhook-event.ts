import { z } from "zod";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";
import { accountEventSchema } from "./account-event.ts";
import { eventSchema } from "./event.ts";

const testEventSchema = z.object({
  id: idSchema("event"),
  type: z.literal("webhook.test"),
  cursor: cursorSchema,
  sessionId: idSchema("session").nullable(),
  accountId: idSchema("account"),
  at: z.iso.datetime(),
  data: z.object({ webhookId: idSchema("webhook") }),
});

/** What a webhook's request may carry: whatever is logged, and the event that tries it out. */
export const webhookEventSchema = z.union([eventSchema, accountEventSchema, testEventSchema]);
