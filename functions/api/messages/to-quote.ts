import type { MessageContent } from "#shared/contracts/message-content.ts";
import { isAction, textOf } from "#shared/contracts/message-content.ts";
import { maxQuoteLength } from "#shared/contracts/message-limits.ts";
import { Fault } from "#shared/faults/fault.ts";
import { isByMember, isOfChat } from "./is-of-chat.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireTarget, toTarget } from "./require-target.ts";

type Quoting = { messageId: string; recipients: string[] };

/**
 * What is quoted is of the chat that it is quoted in; what somebody said in a group may be answered to
 * them alone, as in WhatsApp's apps. Quoted elsewhere, it would show one person what another one wrote.
 */
export async function toQuote(
  deps: MessageDeps,
  sessionId: string,
  { messageId, recipients }: Quoting,
): Promise<MessageContent["replyTo"]> {
  const message = await requireTarget(deps, sessionId, messageId);
  const { content, edit, chat } = message;
  if (isAction(content)) throw unquotable("must be what somebody said, and no change of it");
  let isPrivate = false;
  for (const to of new Set(recipients)) {
    if (await isOfChat(deps, message, to)) continue;
    isPrivate = await isByMember(deps, message, to);
    if (isPrivate) continue;
    throw unquotable("must be a message of this chat, or one that its recipient wrote in a group");
  }
  const text = (edit?.body ?? textOf(content)).slice(0, maxQuoteLength).toWellFormed();
  const quote = { ...toTarget(message), type: content.type, text };
  return { ...quote, ...(isPrivate && { chat }) };
}

function unquotable(message: string): Fault {
  return new Fault("validation_failed", { fields: [{ path: "replyTo", message }] });
}
