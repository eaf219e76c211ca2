import type { MessageContent } from "#shared/contracts/message-content.ts";
import { Fault } from "#shared/faults/fault.ts";
import { isOfChat } from "./is-of-chat.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSent, requireTarget, toTarget } from "./require-target.ts";

type Reaction = { messageId: string; emoji: string; recipients: string[] };

/** A reaction to a message of that very chat. */
export async function toReaction(
  deps: MessageDeps,
  sessionId: string,
  { messageId, emoji, recipients }: Reaction,
): Promise<MessageContent> {
  const target = requireSent(await requireTarget(deps, sessionId, messageId));
  for (const to of new Set(recipients)) {
    if (await isOfChat(deps, target, to)) continue;
    const detail = "The message is of another chat than `to`.";
    throw new Fault("message_unchangeable", { detail });
  }
  return { type: "reaction", reaction: { to: toTarget(target), emoji } };
}
