import type { Attempt } from "#functions/middleware/implement.ts";
import { nameOf } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { sendCommand } from "#functions/send-command.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import type { acceptedMessageSchema } from "#shared/contracts/message.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
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
  const acceptedAt = attempt.startedAt;
  const by = nameOf(caller);
  const parks = sendAt === undefined && !canSendSoon(session);
  const request = {
    session,
    by,
    to,
    content,
    attempt,
    requestId,
    parks,
    sendAt,
    sendBefore,
    typeFor,
  };
  const { messageId, whatsappId, createdAt, status } = await createMessage(deps, request);
  const { sessionId, accountId, shard } = session;
  const ids = { id: messageId, sessionId, whatsappId };
  const accepted = { ...ids, to, status: "queued", createdAt } as const;
  // What is to leave later is taken up by the clock.
  if (status !== "queued" || sendAt !== undefined) return accepted;
  const command = { sessionId, accountId, requestId, messageId, whatsappId, to, content };
  const limit = {
    ...(sendBefore !== undefined && { expiresAt: sendBefore }),
    ...(typeFor !== undefined && { typeFor }),
  };
  await sendCommand(
    deps.commands,
    shard,
    { type: "message.send.v1", ...command, acceptedAt, ...limit },
    messageId,
  );
  return accepted;
}
