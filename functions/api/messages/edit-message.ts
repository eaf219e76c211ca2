import * as sessions from "#functions/store/sessions.ts";
import { implement } from "#functions/middleware/implement.ts";
import { editWindowMs } from "#shared/contracts/message-limits.ts";
import { Fault } from "#shared/faults/fault.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import { acceptContent } from "./accept-content.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSendable } from "./require-sendable.ts";
import { requireSent, requireTarget, toTarget } from "./require-target.ts";

export const editMessage = implement(
  messageRoutes.editMessage,
  async ({ params, body, ...call }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, call.caller, params.sessionId);
    requireSendable(session, {});
    const target = requireSent(await requireTarget(deps, session.sessionId, params.messageId));
    if (target.direction !== "outbound" || target.content.type !== "text") {
      throw new Fault("message_unchangeable", { detail: "Only own texts can be edited." });
    }
    if (deps.now() - Date.parse(target.sentAt ?? target.createdAt) > editWindowMs) {
      const detail = "WhatsApp allows edits for 15 minutes after sending.";
      throw new Fault("message_unchangeable", { detail });
    }
    const edit = { of: toTarget(target), body: body.text.body };
    const content = { type: "edit" as const, edit };
    const accepted = await acceptContent(deps, { ...call, session, to: target.chat, content });
    return { status: 202, body: accepted };
  },
);
