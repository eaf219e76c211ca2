import type { Caller } from "#functions/auth/caller.ts";
import * as templates from "#functions/store/templates.ts";
import { sendMessageBody } from "#shared/contracts/message.ts";
import type { SendMessageBody } from "#shared/contracts/message.ts";
import type { SendRequestBody } from "#shared/contracts/send-request.ts";
import { Fault } from "#shared/faults/fault.ts";
import { badFields } from "#shared/faults/problem.ts";
import { fillIn, variablesIn } from "#shared/template-text.ts";
import type { MessageDeps } from "./message-deps.ts";
import { badVariables, requireVariables } from "./require-variables.ts";

/** The message that a template and its variables make: one read more than any other message. */
export async function applyTemplate(
  { control }: MessageDeps,
  { accountId }: Caller,
  body: SendRequestBody,
): Promise<SendMessageBody> {
  if (body.type !== "template") return body;
  const { type: _, template: use, ...options } = body;
  const { message } = await templates.require(control, accountId, use.templateId);
  const { variables = {} } = use;
  requireVariables(badVariables("template.variables", variablesIn(message), variables));
  const result = sendMessageBody.safeParse({ ...fillIn(message, variables), ...options });
  if (result.success) return result.data;
  throw new Fault("validation_failed", { fields: badFields(result.error) });
}
