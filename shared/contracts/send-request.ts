import { z } from "zod";
import { idSchema } from "../ids.ts";
import { sendMessageBody, sendOptions } from "./message.ts";
import { variablesSchema } from "./template.ts";

const ofTemplate = z.strictObject({
  ...sendOptions,
  type: z.literal("template"),
  template: z.strictObject({
    templateId: idSchema("template"),
    variables: variablesSchema.optional(),
  }),
});

/** What a send takes: a message, or a template and its variables. */
export const sendRequestBody = z.discriminatedUnion("type", [
  ...sendMessageBody.options,
  ofTemplate,
]);

export type SendRequestBody = z.infer<typeof sendRequestBody>;
