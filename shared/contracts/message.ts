import { z } from "zod";
import { contactSchema, recipientSchema } from "../address.ts";
import { idSchema } from "../ids.ts";
import { callerSchema } from "./caller.ts";
import { receivedContentSchema } from "./message-content.ts";
import { captionSchema, messageContext, messageKinds } from "./message-kinds.ts";
import { messageReasonSchema, messageStatusSchema } from "./message-status.ts";

export const sendOptions = {
  to: recipientSchema,
  /** Accept although the session is not connected; sent when it is. */
  queueWhenOffline: z.boolean().optional(),
  /** Seconds. Not sent any more after that: it then ends as failed, `expired`. */
  expiresIn: z
    .int()
    .min(1)
    .max(14 * 86_400)
    .optional(),
  typeFor: z
    .int()
    .min(1)
    .max(60)
    .optional()
    .describe("Seconds to show that the account types, or records a voice note, before it leaves"),
  sendAt: z.iso
    .datetime()
    .optional()
    .describe("Wait until then; `expiresIn` counts from there. At most a year ahead"),
};

const beside = { ...messageContext, ...sendOptions };

export const sendMessageBody = z.discriminatedUnion("type", [
  z.strictObject({ ...messageKinds.text, ...beside }),
  z.strictObject({ ...messageKinds.image, ...beside }),
  z.strictObject({ ...messageKinds.video, ...beside }),
  z.strictObject({ ...messageKinds.audio, ...beside }),
  z.strictObject({ ...messageKinds.document, ...beside }),
  z.strictObject({ ...messageKinds.sticker, ...beside }),
  z.strictObject({ ...messageKinds.location, ...beside }),
  z.strictObject({ ...messageKinds.contact, ...beside }),
  z.strictObject({ ...messageKinds.poll, ...beside }),
  z.strictObject({ ...messageKinds.reaction, ...beside }),
]);

export const forwardMessageBody = z.strictObject(sendOptions);

export const editMessageBody = z.union([
  z.strictObject({ text: messageKinds.text.text.pick({ body: true }) }),
  z.strictObject({
    caption: captionSchema.describe("Of an image, a video or a document"),
  }),
]);

export type SendMessageBody = z.infer<typeof sendMessageBody>;

export const messageSchema = z.object({
  id: idSchema("message"),
  sessionId: idSchema("session"),
  whatsappId: z.string(),
  direction: z.enum(["outbound", "inbound"]),
  chat: z.string(),
  from: contactSchema.nullable(),
  by: callerSchema
    .nullable()
    .describe("Which user or API key had it sent; null for what came in or left by the phone"),
  content: receivedContentSchema,
  status: messageStatusSchema,
  reason: messageReasonSchema.nullable(),
  detail: z.string().nullable(),
  createdAt: z.iso.datetime(),
  sendAt: z.iso.datetime().nullable().describe("When it is to leave, if it was scheduled"),
  sentAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
  readAt: z.iso.datetime().nullable(),
  playedAt: z.iso.datetime().nullable(),
  editedAt: z.iso.datetime().nullable().describe("`content` is what it says since then"),
  deletedAt: z.iso.datetime().nullable().describe("When it was deleted for everyone"),
  recipients: z
    .object({ total: z.int(), delivered: z.int(), read: z.int(), played: z.int() })
    .nullable()
    .describe("Of a message to a group: how many members it went to and how far they have come"),
  reactions: z.array(z.object({ from: contactSchema, emoji: z.string(), at: z.iso.datetime() })),
  votes: z
    .array(z.object({ from: contactSchema, options: z.array(z.string()), at: z.iso.datetime() }))
    .describe("Of a poll: what each voter has chosen"),
});

export const recipientsSchema = z.object({
  counts: z.object({ delivered: z.int(), read: z.int(), played: z.int() }),
  data: z.array(
    z.object({
      recipient: contactSchema,
      status: messageStatusSchema,
      deliveredAt: z.iso.datetime().nullable(),
      readAt: z.iso.datetime().nullable(),
      playedAt: z.iso.datetime().nullable(),
    }),
  ),
});

export const acceptedMessageSchema = z.object({
  id: idSchema("message"),
  sessionId: idSchema("session"),
  whatsappId: z.string(),
  to: z.string(),
  status: z.literal("queued"),
  createdAt: z.iso.datetime(),
});
