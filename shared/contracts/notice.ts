// What events say that are about people, chats and limits rather than about messages.
import { z } from "zod";
import { contactSchema } from "../address.ts";

const time = z.iso.datetime();

export const presenceUpdateSchema = z.object({
  chat: contactSchema,
  contact: contactSchema.describe("In a group, who of its members"),
  state: z.enum(["available", "unavailable", "composing", "recording", "paused"]),
  lastSeenAt: time.nullable(),
});

/** What is news of a contact or a chat; what is not in it is as it was. */
export const contactUpdateSchema = z.object({
  contact: contactSchema,
  name: z.string().nullable().optional().describe("As the account's address book has it"),
  pushName: z.string().optional().describe("As the contact calls itself"),
  picture: z.enum(["changed", "removed"]).optional(),
  archived: z.boolean().optional(),
  mutedUntil: time.nullable().optional(),
  read: z.boolean().optional().describe("False when it was marked unread"),
  blocked: z.boolean().optional(),
});

/** How the session stands with chats that it has not had before. */
export const sessionLimitSchema = z.object({
  limit: z
    .enum(["reach_out_lock", "new_chats_per_day"])
    .describe("WhatsApp lets the account start no chats, or the session's own cap is reached"),
  active: z.boolean().describe("False when it is over"),
  until: time.nullable().describe("When new chats go out again, as far as is known"),
  detail: z.string(),
});

export type SessionLimit = z.infer<typeof sessionLimitSchema>;
