import { z } from "zod";
import { recipientSchema } from "../address.ts";
import { idSchema } from "../ids.ts";
import { personSchema } from "./chat.ts";

export const eraseBody = z
  .strictObject({
    messageId: idSchema("message").optional(),
    chat: recipientSchema.optional().describe("All messages with this person, or in this group"),
    contact: personSchema
      .optional()
      .describe(
        "All messages with this person under any address, what they wrote and did in groups, and their names",
      ),
  })
  .refine((body) => Object.keys(body).length === 1, "needs one of messageId, chat and contact");

export const erasedSchema = z.object({
  erased: z
    .int()
    .describe("Messages that are gone now; what a person wrote elsewhere follows within minutes"),
  more: z.boolean().describe("True when there is more to erase: send the same again"),
});
