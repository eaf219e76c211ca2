import { z } from "zod";
import { idSchema } from "../ids.ts";
import { fillIn, variablesIn } from "../template-text.ts";
import { sendMessageBody } from "./message.ts";

const name = z.string().trim().min(1).max(100);

/** Fits wherever WhatsApp takes some text. */
const sample = "1";

/** A message as POST …/messages takes it, but for whom it goes to, with `{{variables}}` in its texts. */
export const templateMessageSchema = z
  .looseObject({ type: z.string() })
  .superRefine((message, context) => {
    if ("to" in message) {
      context.addIssue({ code: "custom", path: ["to"], message: "is said when it is sent" });
    }
    const samples = Object.fromEntries(variablesIn(message).map((each) => [each, sample]));
    const result = sendMessageBody.safeParse({ ...fillIn(message, samples), to: "14155550123" });
    for (const { path, message: text } of result.error?.issues ?? []) {
      context.addIssue({ code: "custom", path, message: text });
    }
  });

export const createTemplateBody = z.strictObject({ name, message: templateMessageSchema });

export const updateTemplateBody = z
  .strictObject({ name: name.optional(), message: templateMessageSchema.optional() })
  .refine((body) => Object.keys(body).length > 0, "must change the name or the message");

export const templateSchema = z.object({
  id: idSchema("template"),
  name: z.string(),
  message: z.record(z.string(), z.unknown()),
  variables: z.array(z.string()).describe("What must be given when it is sent"),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** What stands in for its variables, by name. */
export const variablesSchema = z.record(z.string().max(64), z.string().max(4_096));
