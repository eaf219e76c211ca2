import type { Attempt } from "#functions/middleware/implement.ts";
import type { Caller } from "#functions/auth/caller.ts";
import * as sessions from "#functions/store/sessions.ts";
import { requireAddress } from "#shared/address.ts";
import type { acceptedMessageSchema } from "#shared/contracts/message.ts";
import type { SendRequestBody } from "#shared/contracts/send-request.ts";
import type { z } from "zod";
import { acceptContent, queueMessage } from "./accept-content.ts";
import { applyTemplate } from "./apply-template.ts";
import { findMade } from "./create-message.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSendable } from "./require-sendable.ts";
import { resolveContent } from "./resolve-content.ts";
import { toSendTimes } from "./send-times.ts";

type Request = {
  caller: Caller;
  sessionId: string;
  body: SendRequestBody;
  attempt: Attempt;
  requestId: string;
};

export async function acceptMessage(
  deps: MessageDeps,
  { caller, sessionId, body: asked, attempt, requestId }: Request,
): Promise<z.infer<typeof acceptedMessageSchema>> {
  const session = await sessions.require(deps.control, caller, sessionId);
  const before = attempt.isAgain ? await findMade(deps, sessionId, attempt) : undefined;
  if (before) {
    attempt.isReplayed = true;
    return queueMessage(deps, session, before);
  }
  requireSendable(session, asked);
  const times = toSendTimes(asked, attempt.startedAt);
  const body = await applyTemplate(deps, caller, asked);
  const { jid: to } = requireAddress(body.to);
  const content = await resolveContent(deps, session, body, { recipients: [to], attempt });
  const { typeFor } = body;
  const request = { caller, session, to, content, attempt, requestId, typeFor };
  return acceptContent(deps, { ...request, ...times });
}
