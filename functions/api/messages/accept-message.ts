import type { Attempt } from "#functions/middleware/implement.ts";
import { nameOf } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as sessions from "#functions/store/sessions.ts";
import { requireAddress } from "#shared/address.ts";
import type { acceptedMessageSchema } from "#shared/contracts/message.ts";
import type { SendRequestBody } from "#shared/contracts/send-request.ts";
import type { z } from "zod";
import { applyTemplate } from "./apply-template.ts";
import { createMessage } from "./create-message.ts";
import type { MessageDeps } from "./message-deps.ts";
import { canSendSoon, requireSendable } from "./require-sendable.ts";
import { resolveContent } from "./resolve-content.ts";
import { toSendTimes } from "./send-times.ts";

type Request = {
  caller: Caller;
  sessionId: string;
  body: SendRequestBody;
  attempt: Attempt;
  requestId: string;
};

/** Stores the message, then queues it: from the answer on, it is owed to its recipient. */
export async function acceptMessage(
  deps: MessageDeps,
  { caller, sessionId, body: asked, attempt, requestId }: Request,
): Promise<z.infer<typeof acceptedMessageSchema>> {
  const session = await sessions.require(deps.control, caller, sessionId);
  requireSendable(session, asked);
  const acceptedAt = attempt.startedAt;
  const { sendAt, sendBefore } = toSendTimes(asked, acceptedAt);
  const body = await applyTemplate(deps, caller, asked);
  const { jid: to } = requireAddress(body.to);
  const content = await resolveContent(deps, session, body);
  const request = {
    session,
    by: nameOf(caller),
    to,
    content,
    attempt,
    requestId,
    parks: sendAt === undefined && !canSendSoon(session),
    sendAt,
    sendBefore,
    typeFor: body.typeFor,
  };
  const message = await createMessage(deps, request);
  const { messageId, whatsappId, createdAt } = message;
  const accepted = {
    id: messageId,
    sessionId,
    whatsappId,
    to,
    status: "queued",
    createdAt,
  } as const;
  // What is to leave later is taken up by the clock.
  if (message.status !== "queued" || sendAt !== undefined) return accepted;
  const { accountId, shard } = session;
  const command = { sessionId, accountId, requestId, messageId, whatsappId, to, content };
  const limit = {
    ...(sendBefore !== undefined && { expiresAt: sendBefore }),
    ...(body.typeFor !== undefined && { typeFor: body.typeFor }),
  };
  await sendCommand(
    deps.commands,
    shard,
    { type: "message.send.v1", ...command, acceptedAt, ...limit },
    messageId,
  );
  return accepted;
}
