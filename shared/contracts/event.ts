import { z } from "zod";
import { contactSchema } from "../address.ts";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";
import { mediaReasons } from "./media.ts";
import { receivedContentSchema } from "./message-content.ts";
import { fileKinds } from "./message-limits.ts";
import { contactUpdateSchema, presenceUpdateSchema, sessionLimitSchema } from "./notice.ts";
import { messageReasonSchema, messageStatusSchema } from "./message-status.ts";
import { sessionReasonSchema, sessionStateSchema } from "./session-status.ts";

const time = z.iso.datetime();

const sessionStatus = z.object({
  status: sessionStateSchema,
  reason: sessionReasonSchema.nullable(),
  /** A sentence for people; null while all is well. */
  detail: z.string().nullable(),
  canReconnect: z.boolean(),
  phone: z.string().nullable().describe("+E.164 once paired"),
  lid: z.string().nullable(),
  name: z.string().nullable(),
  attempt: z.int().describe("Number of the pairing attempt; 0 outside pairing"),
  pairingWindowEndsAt: time.nullable(),
});

const qrCode = z.object({
  qr: z.string().describe("The payload to render as a QR code"),
  attempt: z.int(),
  maxAttempts: z.int(),
  expiresAt: time,
  pairingWindowEndsAt: time,
});

const pairingCode = z.object({
  code: z.string().describe("Eight characters to type on the phone, like ABCD-2345"),
  phone: z.string().describe("The phone that asked for it, +E.164"),
  attempt: z.int(),
  maxAttempts: z.int(),
  expiresAt: time,
  pairingWindowEndsAt: time,
});

const messageReceived = z.object({
  messageId: idSchema("message"),
  whatsappId: z.string(),
  chat: contactSchema,
  from: contactSchema,
  fromMe: z.boolean().describe("True when the account's own phone sent it"),
  pushName: z.string().nullable(),
  sentAt: time,
  content: receivedContentSchema,
});

const messageStatus = z.object({
  messageId: idSchema("message"),
  whatsappId: z.string(),
  to: z.string(),
  status: messageStatusSchema,
  kind: z.string().optional().describe("What was sent: text, image and so on; not on receipts"),
  size: z.int().optional().describe("Bytes of the file that was sent"),
  reason: messageReasonSchema.nullable(),
  detail: z.string().nullable(),
  recipient: contactSchema
    .optional()
    .describe("In a group: the member that this is about. Absent when it is about the message"),
  recipients: z
    .int()
    .optional()
    .describe("Of a group's message that was sent: to how many members"),
});

/** Who did something to an earlier message, and to which. */
const toMessage = {
  messageId: idSchema("message").nullable().describe("Null when it is not known here any more"),
  whatsappId: z.string(),
  chat: contactSchema,
  from: contactSchema,
  fromMe: z.boolean(),
};

const messageEdited = z.object({
  ...toMessage,
  body: z.string().describe("The new text or caption"),
  editedAt: time,
});

const messageDeleted = z.object({ ...toMessage, deletedAt: time });

const messageReaction = z.object({
  ...toMessage,
  emoji: z.string().nullable().describe("Null when the reaction was taken back"),
  reactedAt: time,
});

const pollVote = z.object({
  ...toMessage,
  options: z
    .array(z.string())
    .nullable()
    .describe("All that is chosen now; null when the poll is not known here any more"),
  votedAt: time,
});

/** A received file has come, or will not. */
const messageMedia = z.object({
  messageId: idSchema("message"),
  mediaId: idSchema("media"),
  type: z.enum(fileKinds),
  status: z.enum(["ready", "failed"]),
  reason: z.enum(mediaReasons).nullable(),
  size: z.int().nullable(),
});

const groupActions = [
  "created",
  "participants_added",
  "participants_removed",
  "participants_promoted",
  "participants_demoted",
  "participants_changed",
  "subject_changed",
  "description_changed",
  "settings_changed",
  "deleted",
] as const;

const groupUpdate = z.object({
  group: z.string(),
  action: z.enum(groupActions),
  by: contactSchema.nullable().describe("Who did it; null when WhatsApp did"),
  participants: z.array(contactSchema),
  value: z.string().nullable().describe("The new subject or description, or the setting's name"),
  changedAt: time,
});

const callReceived = z.object({
  callId: z.string(),
  from: contactSchema,
  group: z.string().nullable(),
  video: z.boolean(),
  calledAt: time,
});

const base = {
  id: idSchema("event"),
  cursor: cursorSchema,
  sessionId: idSchema("session"),
  accountId: idSchema("account"),
  at: time,
  silent: z
    .literal(true)
    .optional()
    .describe("The session's webhooks are muted: no webhook gets this event"),
};

/** What happened. The same document on the WebSocket, in a webhook and from GET /v1/events. */
export const eventSchema = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal("session.status"), data: sessionStatus }),
  z.object({ ...base, type: z.literal("session.qr_code"), data: qrCode }),
  z.object({ ...base, type: z.literal("session.pairing_code"), data: pairingCode }),
  z.object({ ...base, type: z.literal("message.received"), data: messageReceived }),
  z.object({ ...base, type: z.literal("message.status"), data: messageStatus }),
  z.object({ ...base, type: z.literal("message.edited"), data: messageEdited }),
  z.object({ ...base, type: z.literal("message.deleted"), data: messageDeleted }),
  z.object({ ...base, type: z.literal("message.reaction"), data: messageReaction }),
  z.object({ ...base, type: z.literal("message.media"), data: messageMedia }),
  z.object({ ...base, type: z.literal("poll.vote"), data: pollVote }),
  z.object({ ...base, type: z.literal("group.update"), data: groupUpdate }),
  z.object({ ...base, type: z.literal("call.received"), data: callReceived }),
  z.object({ ...base, type: z.literal("presence.update"), data: presenceUpdateSchema }),
  z.object({ ...base, type: z.literal("contact.update"), data: contactUpdateSchema }),
  z.object({ ...base, type: z.literal("session.limit"), data: sessionLimitSchema }),
]);

export type WafleetEvent = z.infer<typeof eventSchema>;
export type EventType = WafleetEvent["type"];
export type EventOf<Type extends EventType> = Extract<WafleetEvent, { type: Type }>;

/** An event before the session's log has given it its place. */
export type EventDraft = { [T in EventType]: { type: T; data: EventOf<T>["data"] } }[EventType];

export const eventTypes = eventSchema.options.map((option) => option.shape.type.value);

/** What an event is known by in logs: one message's lines are found by its id. */
export function eventIds({
  id,
  type,
  sessionId,
  data,
}: WafleetEvent): Record<string, string | null> {
  const messageId = "messageId" in data ? { messageId: data.messageId } : {};
  return { eventId: id, type, sessionId, ...messageId };
}

/** Events that travel together: one SQS body, of one session, in order of their cursors. */
export const eventBatchSchema = z.strictObject({
  type: z.literal("events.append.v1"),
  sessionId: idSchema("session"),
  accountId: idSchema("account"),
  events: z.array(eventSchema).min(1),
  /** Set by a new owner who cannot know whether these were published: look before you count them. */
  replay: z.literal(true).optional(),
});

export type EventBatch = z.infer<typeof eventBatchSchema>;
