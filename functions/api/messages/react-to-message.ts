import * as sessions from "#functions/store/sessions.ts";
import { implement } from "#functions/middleware/implement.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import { acceptContent } from "./accept-content.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSendable } from "./require-sendable.ts";
import { requireSent, requireTarget, toTarget } from "./require-target.ts";

export const reactToMessage = implement(
  messageRoutes.reactToMessage,
  async ({ params, body, ...call }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, call.caller, params.sessionId);
    requireSendable(session, {});
    const target = requireSent(await requireTarget(deps, session.sessionId, params.messageId));
    const reaction = { to: toTarget(target), emoji: body.emoji };
    const content = { type: "reaction" as const, reaction };
    const accepted = await acceptContent(deps, { ...call, session, to: target.chat, content });
    return { status: 202, body: accepted };
  },
);
