import { z } from "zod";
import { contactSchema } from "../address.ts";

const groupRoleSchema = z.enum(["member", "admin", "superadmin"]);

const memberSchema = z.object({ contact: contactSchema, role: groupRoleSchema });

export const groupSchema = z.object({
  id: z.string().describe("The group's address, …@g.us"),
  subject: z.string(),
  description: z.string().nullable(),
  owner: contactSchema.nullable(),
  createdAt: z.iso.datetime().nullable(),
  onlyAdminsWrite: z.boolean(),
  onlyAdminsChange: z.boolean(),
  members: z.array(memberSchema),
});

export type Group = z.infer<typeof groupSchema>;

export const memberChangeSchema = z.enum(["add", "remove", "promote", "demote"]);

export const memberOutcomeSchema = z.object({
  contact: contactSchema,
  done: z.boolean(),
  code: z.int().nullable().describe("WhatsApp's reason for a refusal, like 403 or 409"),
});
