// What the API asks a session and waits for: everything that only WhatsApp, or the session's own
// connection, can answer or do.
import { z } from "zod";
import { contactSchema } from "../address.ts";
import { groupSchema, memberChangeSchema, memberOutcomeSchema } from "./group.ts";

/** An address in the one form that we store and send. */
const jid = z.string().max(64);
const done = z.strictObject({});

export const typingStates = ["composing", "recording", "paused"] as const;

/** A message as WhatsApp names it in a receipt. */
const messageKey = z.strictObject({
  chat: jid,
  whatsappId: z.string(),
  /** Who wrote it, in a group. */
  participant: jid.optional(),
});

/** One question a member: what is asked for. */
export const questionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("presence.set"), available: z.boolean() }),
  z.strictObject({ kind: z.literal("presence.subscribe"), contact: jid }),
  z.strictObject({ kind: z.literal("typing.show"), chat: jid, state: z.enum(typingStates) }),
  z.strictObject({ kind: z.literal("messages.read"), messages: z.array(messageKey) }),
  z.strictObject({ kind: z.literal("contacts.check"), contacts: z.array(jid) }),
  z.strictObject({ kind: z.literal("contact.picture"), contact: jid, full: z.boolean() }),
  z.strictObject({ kind: z.literal("contact.block"), contact: jid, blocked: z.boolean() }),
  z.strictObject({ kind: z.literal("contacts.blocked") }),
  z.strictObject({
    kind: z.literal("chat.change"),
    chat: jid,
    archived: z.boolean().optional(),
    /** Milliseconds since 1970; null lifts it. */
    mutedUntil: z.int().nullable().optional(),
    read: z.boolean().optional(),
    /** The newest messages of the chat, which WhatsApp wants to know. */
    newest: z.array(messageKey.extend({ fromMe: z.boolean(), at: z.int() })),
  }),
  z.strictObject({ kind: z.literal("group.list") }),
  z.strictObject({ kind: z.literal("group.get"), group: jid }),
  z.strictObject({ kind: z.literal("group.create"), subject: z.string(), members: z.array(jid) }),
  z.strictObject({ kind: z.literal("group.rename"), group: jid, subject: z.string() }),
  z.strictObject({
    kind: z.literal("group.members"),
    group: jid,
    change: memberChangeSchema,
    members: z.array(jid),
  }),
  z.strictObject({ kind: z.literal("group.invite"), group: jid, renew: z.boolean() }),
  z.strictObject({ kind: z.literal("group.leave"), group: jid }),
]);

export type Question = z.infer<typeof questionSchema>;
export type QuestionKind = Question["kind"];
export type QuestionOf<Kind extends QuestionKind> = Extract<Question, { kind: Kind }>;

/** The form of each answer. */
export const answers = {
  "presence.set": done,
  "presence.subscribe": done,
  "typing.show": done,
  "messages.read": done,
  "contacts.check": z.object({
    data: z.array(
      z.object({
        asked: z.string().describe("The address that was asked about"),
        onWhatsapp: z.boolean(),
        contact: contactSchema.nullable(),
      }),
    ),
  }),
  "contact.picture": z.object({
    url: z.string().nullable().describe("Null when there is none, or none that is shown to us"),
  }),
  "contact.block": done,
  "contacts.blocked": z.object({ data: z.array(contactSchema) }),
  "chat.change": done,
  "group.list": z.object({ data: z.array(groupSchema) }),
  "group.get": groupSchema,
  "group.create": groupSchema,
  "group.rename": done,
  "group.members": z.object({ data: z.array(memberOutcomeSchema) }),
  "group.invite": z.object({ code: z.string(), url: z.string() }),
  "group.leave": done,
} as const satisfies Record<QuestionKind, z.ZodType>;

export type AnswerOf<Kind extends QuestionKind> = z.infer<(typeof answers)[Kind]>;

/** Asked twice, these do it twice: after a crash in their midst nobody may ask again. */
export const onceOnly: ReadonlySet<QuestionKind> = new Set(["group.create"]);

/** Why there is no answer. */
export const questionFailures = [
  "session_not_connected",
  "refused_by_whatsapp",
  "whatsapp_unanswered",
  "outcome_unknown",
] as const;

export type QuestionFailure = (typeof questionFailures)[number];

export const pendingReplySchema = z.object({
  replyId: z.string(),
  status: z.literal("pending"),
  url: z.string().describe("Where the answer will be, for an hour"),
});

export const replySchema = z.object({
  replyId: z.string(),
  status: z.enum(["answered", "failed"]),
  question: z.string().describe("What was asked"),
  answer: z.unknown().describe("As the route that asked would have answered; null when it failed"),
  code: z.enum(questionFailures).nullable(),
  detail: z.string().nullable(),
});
