import type { Attempt } from "#functions/middleware/implement.ts";
import { nameOf } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { requireAddress } from "#shared/address.ts";
import type { acceptedMessageSchema, SendMessageBody } from "#shared/contracts/message.ts";
import { waitingStates } from "#shared/contracts/session-status.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { z } from "zod";
import { createMessage } from "./create-message.ts";
import type { MessageDeps } from "./message-deps.ts";
import { resolveContent } from "./resolve-content.ts";

type Request = {
  caller: Caller;
  sessionId: string;
  body: SendMessageBody;
  attempt: Attempt;
  requestId: string;
};

/** Stores the message, then queues it: from the answer on, it is owed to its recipient. */
export async function acceptMessage(
  deps: MessageDeps,
  { caller, sessionId, body, attempt, requestId }: Request,
): Promise<z.infer<typeof acceptedMessageSchema>> {
  const { to: recipient, queueWhenOffline = false, expiresIn } = body;
  const session = await sessions.require(deps.control, caller, sessionId);
  const parks = !canSendSoon(session);
  if (parks && !queueWhenOffline) {
    throw new Fault("session_not_connected", { extra: { sessionStatus: session.status } });
  }
  const { jid: to } = requireAddress(recipient);
  const acceptedAt = attempt.startedAt;
  const content = await resolveContent(deps, session, body);
  const sendBefore = expiresIn === undefined ? undefined : acceptedAt + expiresIn * 1_000;
  const request = {
    session,
    by: nameOf(caller),
    to,
    content,
    attempt,
    requestId,
    parks,
    sendBefore,
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
  if (message.status !== "queued") return accepted;
  const { accountId, shard } = session;
  const command = { sessionId, accountId, requestId, messageId, whatsappId, to, content };
  const limit = sendBefore === undefined ? {} : { expiresAt: sendBefore };
  await sendCommand(
    deps.commands,
    shard,
    { type: "message.send.v1", ...command, acceptedAt, ...limit },
    messageId,
  );
  return accepted;
}

function canSendSoon({ status }: SessionItem): boolean {
  return status === "active" || waitingStates.includes(status);
}
