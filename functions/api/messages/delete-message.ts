import * as scheduledMessages from "#functions/store/scheduled-messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import { implement } from "#functions/middleware/implement.ts";
import { isGroup } from "#shared/address.ts";
import { deleteWindowMs } from "#shared/contracts/message-limits.ts";
import { Fault } from "#shared/faults/fault.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import { acceptContent } from "./accept-content.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireSendable } from "./require-sendable.ts";
import { requireSent, requireTarget, toTarget } from "./require-target.ts";

/** For everyone, or before it has left: what the session sent, or, where it is an admin, what others sent into a group. */
export const deleteMessage = implement(
  messageRoutes.deleteMessage,
  async ({ params, ...call }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, call.caller, params.sessionId);
    const target = await requireTarget(deps, session.sessionId, params.messageId);
    if (target.sendAt !== undefined && target.status === "queued") {
      if (await scheduledMessages.cancel(deps.messages, target)) {
        return { status: 204, body: undefined };
      }
      throw new Fault("message_leaving");
    }
    requireSendable(session, {});
    requireSent(target);
    if (target.direction === "inbound" && !isGroup(target.chat)) {
      const detail = "What others wrote can be deleted in groups only, by an admin.";
      throw new Fault("message_unchangeable", { detail });
    }
    if (deps.now() - Date.parse(target.sentAt ?? target.createdAt) > deleteWindowMs) {
      const detail = "WhatsApp allows deletion for everyone for about two days.";
      throw new Fault("message_unchangeable", { detail });
    }
    const content = { type: "deletion" as const, deletion: { of: toTarget(target) } };
    const accepted = await acceptContent(deps, { ...call, session, to: target.chat, content });
    return { status: 202, body: accepted };
  },
);
