import { z } from "zod";
import { contactSchema, findAddress, recipientSchema } from "../address.ts";
import { memberChangeSchema } from "./group.ts";
import { typingStates } from "./question.ts";

/** An address as a path has it. */
export const addressParam = recipientSchema;

export const personSchema = recipientSchema.refine(
  (text) => findAddress(text)?.kind !== "group",
  "must be a person, not a group",
);

export const groupSchemaParam = recipientSchema.refine(
  (text) => findAddress(text)?.kind === "group",
  "must be a group: an address ending in @g.us",
);

export const presenceBody = z.strictObject({ state: z.enum(["available", "unavailable"]) });

export const subscribeBody = z.strictObject({ to: recipientSchema });

export const typingBody = z.strictObject({ to: recipientSchema, state: z.enum(typingStates) });

export const checkContactsBody = z.strictObject({
  contacts: z
    .array(
      personSchema.refine(
        (text) => findAddress(text)?.kind === "phone",
        "must be a phone: WhatsApp tells only of phones whether it knows them",
      ),
    )
    .min(1)
    .max(50),
});

export const changeChatBody = z
  .strictObject({
    archived: z.boolean().optional(),
    mutedUntil: z.iso.datetime().nullable().optional().describe("Null lifts it"),
    read: z.boolean().optional().describe("False marks it unread"),
  })
  .refine((body) => Object.keys(body).length > 0, "must change something");

const subject = z.string().trim().min(1).max(100);
const members = z.array(personSchema).min(1).max(256);

export const createGroupBody = z.strictObject({ subject, members });

export const updateGroupBody = z.strictObject({ subject });

export const changeMembersBody = z.strictObject({ change: memberChangeSchema, members });

const known = {
  contact: contactSchema,
  name: z.string().nullable().describe("As the account's address book has it"),
  pushName: z.string().nullable().describe("As the contact calls itself"),
};

export const knownContactSchema = z.object({ ...known, blocked: z.boolean() });

export const chatSchema = z.object({
  ...known,
  subject: z.string().nullable().describe("Of a group"),
  archived: z.boolean(),
  mutedUntil: z.iso.datetime().nullable().describe("In the year 9999 when for ever"),
  unread: z.boolean().describe("True when somebody marked it unread"),
  lastActiveOn: z.iso.date().nullable().describe("Day of a recent message"),
});
