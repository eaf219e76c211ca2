import { implement } from "#functions/middleware/implement.ts";
import * as messages from "#functions/store/messages.ts";
import * as scheduledMessages from "#functions/store/scheduled-messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { scheduleRoutes } from "#shared/routes/schedule.ts";
import type { MessageDeps } from "./message-deps.ts";
import { toMessage } from "./to-message.ts";

/** One write. What is cancelled never leaves; what is about to leave cannot be cancelled. */
export const cancelMessage = implement(
  scheduleRoutes.cancelMessage,
  async ({ caller, params }, deps: MessageDeps) => {
    const { sessionId } = await sessions.require(deps.control, caller, params.sessionId);
    const found = await messages.find(deps.messages, sessionId, params.messageId);
    if (!found) throw new Fault("not_found");
    const cancelled = await scheduledMessages.cancel(deps.messages, found);
    const message = await messages.find(deps.messages, sessionId, params.messageId);
    if (!message) throw new Fault("not_found");
    if (!cancelled && message.reason !== "cancelled") {
      const isLeaving = message.status === "queued" && message.departure !== undefined;
      throw new Fault(isLeaving ? "message_leaving" : "message_not_scheduled");
    }
    return { status: 200, body: toMessage(message) };
  },
);
