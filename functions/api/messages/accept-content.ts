import type { Attempt } from "#functions/middleware/implement.ts";
import { nameOf } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { sendCommand } from "#functions/send-command.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { toSendCommand } from "#functions/to-send-command.ts";
import type { acceptedMessageSchema } from "#shared/contracts/message.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { z } from "zod";
import { createMessage } from "./create-message.ts";
import type { MessageDeps } from "./message-deps.ts";
import { canSendSoon } from "./require-sendable.ts";

type Acceptance = {
  caller: Caller;
  session: SessionItem;
  /** JID. */
  to: string;
  content: MessageContent;
  attempt: Attempt;
  requestId: string;
  /** Milliseconds since 1970. */
  sendAt?: number | undefined;
  sendBefore?: number | undefined;
  /** Seconds. */
  typeFor?: number | undefined;
};

/** Stores the message, then queues it: from the answer on, it is owed to its recipient. */
export async function acceptContent(
  deps: MessageDeps,
  { caller, session, to, content, attempt, requestId, sendAt, sendBefore, typeFor }: Acceptance,
): Promise<z.infer<typeof acceptedMessageSchema>> {
  const by = nameOf(caller);
  const waits = sendAt === undefined && !canSendSoon(session);
  const request = {
    session,
    by,
    to,
    content,
    attempt,
    requestId,
    waits,
    sendAt,
    sendBefore,
    typeFor,
  };
  return queueMessage(deps, session, await createMessage(deps, request));
}

/** Queues a stored message, once more if need be: who has it knows it by its id. */
export async function queueMessage(
  { commands }: MessageDeps,
  { shard }: SessionItem,
  message: MessageItem,
): Promise<z.infer<typeof acceptedMessageSchema>> {
  const { pk: sessionId, messageId, whatsappId, chat: to, createdAt } = message;
  const { status, sendAt } = message;
  const accepted = {
    id: messageId,
    sessionId,
    whatsappId,
    to,
    status: "queued",
    createdAt,
  } as const;
  // What is to leave later is taken up by the clock.
  if (status !== "queued" || sendAt !== undefined) return accepted;
  await sendCommand(commands, shard, toSendCommand(message), messageId);
  return accepted;
}
