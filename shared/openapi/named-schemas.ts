import type { z } from "zod";
import { contactSchema } from "../address.ts";
import { accountEventSchema } from "../contracts/account-event.ts";
import { eventSchema } from "../contracts/event.ts";
import { messageTargetSchema, receivedContentSchema } from "../contracts/message-content.ts";
import { messageSchema, sendMessageBody } from "../contracts/message.ts";
import { sessionSchema } from "../contracts/session.ts";
import { socketNoticeSchema, socketRequestSchema } from "../contracts/socket.ts";
import { webhookEventSchema } from "../contracts/webhook-event.ts";
import { webhookSchema } from "../contracts/webhook.ts";
import { problemSchema } from "../faults/problem.ts";
import { toJsonSchema } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

/** What the document says once, under a name, however often the API speaks of it. */
const answered = {
  Problem: problemSchema,
  Contact: contactSchema,
  MessageTarget: messageTargetSchema,
  MessageContent: receivedContentSchema,
  Message: messageSchema,
  Session: sessionSchema,
  Webhook: webhookSchema,
  Event: eventSchema,
  WebhookEvent: webhookEventSchema,
  AccountEvent: accountEventSchema,
  SocketNotice: socketNoticeSchema,
} satisfies Record<string, z.ZodType>;

const asked = {
  SendMessage: sendMessageBody,
  SocketRequest: socketRequestSchema,
} satisfies Record<string, z.ZodType>;

export function namedSchemas(): Record<string, JsonSchema> {
  const all = { input: asked, output: answered } as const;
  return Object.fromEntries(
    (["output", "input"] as const).flatMap((direction) =>
      Object.entries(all[direction]).map(([name, schema]) => [
        name,
        toJsonSchema(schema, direction),
      ]),
    ),
  );
}
