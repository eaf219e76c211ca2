import type { MessageContent } from "#shared/contracts/message-content.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSent, requireTarget, toTarget } from "./require-target.ts";

type Reaction = { messageId: string; emoji: string; to: string };

/** A reaction to a message of that very chat. */
export async function toReaction(
  deps: MessageDeps,
  sessionId: string,
  { messageId, emoji, to }: Reaction,
): Promise<MessageContent> {
  const target = requireSent(await requireTarget(deps, sessionId, messageId));
  if (!isOfChat(target, to)) {
    const detail = "The message is of another chat than `to`.";
    throw new Fault("message_unchangeable", { detail });
  }
  return { type: "reaction", reaction: { to: toTarget(target), emoji } };
}

/** A chat may be named by phone where its messages name it by LID. */
function isOfChat({ chat, from }: MessageItem, to: string): boolean {
  const phone = from?.phone ? `${from.phone.slice(1)}@s.whatsapp.net` : undefined;
  return [chat, ...(chat.endsWith("@g.us") ? [] : [from?.id, from?.lid, phone])].includes(to);
}
