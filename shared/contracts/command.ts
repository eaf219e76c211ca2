import { z } from "zod";
import { idSchema } from "../ids.ts";
import { messageContentSchema } from "./message-content.ts";
import { questionSchema } from "./question.ts";
import { sessionSettingsSchema } from "./session-settings.ts";

const base = {
  sessionId: idSchema("session"),
  accountId: idSchema("account"),
  /** Joins the logs of one request, from the API to the webhook. */
  requestId: z.string().max(128),
};

/** What a session needs to know when it begins; the runner reads no tenant's data. */
const connect = {
  connectId: z.string(),
  settings: sessionSettingsSchema.optional(),
};

/** What the API asks of a session. One SQS body each; the message group is the session. */
export const commandSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...base,
    ...connect,
    type: z.literal("session.connect.v1"),
    /** Digits of the phone that links by a code it types; absent for a QR code. */
    phone: z
      .string()
      .regex(/^\d{10,15}$/)
      .optional(),
  }),
  z.strictObject({ ...base, type: z.literal("session.stop.v1") }),
  z.strictObject({ ...base, ...connect, type: z.literal("session.restart.v1") }),
  z.strictObject({
    ...base,
    type: z.literal("session.configure.v1"),
    settings: sessionSettingsSchema,
  }),
  z.strictObject({
    ...base,
    type: z.literal("session.disconnect.v1"),
    /** True when the session itself is deleted as well: nothing is kept. */
    forget: z.boolean(),
  }),
  /** Seals the credentials into a bundle, then erases them here. */
  z.strictObject({
    ...base,
    type: z.literal("session.export.v1"),
    bundleId: idSchema("bundle"),
  }),
  z.strictObject({
    ...base,
    type: z.literal("session.import.v1"),
    bundleId: idSchema("bundle"),
  }),
  /** Answered by an item of the `fleet` table, under the reply's id. */
  z.strictObject({
    ...base,
    type: z.literal("session.ask.v1"),
    replyId: idSchema("reply"),
    question: questionSchema,
    /** Milliseconds since 1970; later than this nobody asks WhatsApp any more. */
    expiresAt: z.int(),
  }),
  z.strictObject({
    ...base,
    type: z.literal("message.send.v1"),
    messageId: idSchema("message"),
    whatsappId: z.string(),
    /** JID, already normalised. */
    to: z.string(),
    content: messageContentSchema,
    /** Milliseconds since 1970. */
    acceptedAt: z.int(),
    /** Milliseconds since 1970; later than this the message is not sent any more. */
    expiresAt: z.int().optional(),
    batchId: idSchema("batch").optional(),
    /** Seconds. */
    typeFor: z.int().min(1).max(60).optional(),
    /** Milliseconds since 1970: not to be sent before. */
    sendAt: z.int().optional(),
  }),
  /** A batch was paused, resumed or cancelled: its item says which. */
  z.strictObject({
    ...base,
    type: z.literal("batch.change.v1"),
    batchId: idSchema("batch"),
  }),
]);

export type Command = z.infer<typeof commandSchema>;
export type CommandType = Command["type"];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;

/** What a command is known by in logs: one request's and one message's lines are found by these. */
export function commandIds(command: Command): Record<string, string> {
  const { type, sessionId, requestId } = command;
  return {
    type,
    sessionId,
    requestId,
    ...("messageId" in command && { messageId: command.messageId }),
  };
}

/**
 * The SQS message group: order is kept within it. Messages to one chat form a group of their own,
 * so that one recipient who is slow to reach delays nobody else; questions hold up nothing at all.
 */
export function commandGroup(command: Command): string {
  switch (command.type) {
    case "message.send.v1": {
      // One that waits for its time holds up none that does not.
      const line = command.sendAt === undefined ? "" : ":later";
      return `${command.sessionId}:${command.to}${line}`;
    }
    case "session.ask.v1":
      return `${command.sessionId}:${command.replyId}`;
    default:
      return command.sessionId;
  }
}
