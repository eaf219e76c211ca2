import { z } from "zod";
import { contactSchema } from "../address.ts";
import { cursorSchema } from "../cursor.ts";
import { idSchema } from "../ids.ts";
import { receivedContentSchema } from "./message-content.ts";
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
  reason: messageReasonSchema.nullable(),
  detail: z.string().nullable(),
});

const base = {
  id: idSchema("event"),
  cursor: cursorSchema,
  sessionId: idSchema("session"),
  accountId: idSchema("account"),
  at: time,
};

/** What happened. The same document on the WebSocket, in a webhook and from GET /v1/events. */
export const eventSchema = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal("session.status"), data: sessionStatus }),
  z.object({ ...base, type: z.literal("session.qr_code"), data: qrCode }),
  z.object({ ...base, type: z.literal("session.pairing_code"), data: pairingCode }),
  z.object({ ...base, type: z.literal("message.received"), data: messageReceived }),
  z.object({ ...base, type: z.literal("message.status"), data: messageStatus }),
]);

export type WafleetEvent = z.infer<typeof eventSchema>;
export type EventType = WafleetEvent["type"];
export type EventOf<Type extends EventType> = Extract<WafleetEvent, { type: Type }>;

/** An event before the session's log has given it its place. */
export type EventDraft = { [T in EventType]: { type: T; data: EventOf<T>["data"] } }[EventType];

export const eventTypes = eventSchema.options.map((option) => option.shape.type.value);

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
