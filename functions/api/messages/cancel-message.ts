import { implement } from "#functions/middleware/implement.ts";
import * as messages from "#functions/store/messages.ts";
import * as scheduledMessages from "#functions/store/scheduled-messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { scheduleRoutes } from "#shared/routes/schedule.ts";
import type { MessageDeps } from "./message-deps.ts";
import { toMessage } from "./to-message.ts";

/** One write. In the instant of its leaving it may leave all the same: its status then says so. */
export const cancelMessage = implement(
  scheduleRoutes.cancelMessage,
  async ({ caller, params }, deps: MessageDeps) => {
    const { sessionId } = await sessions.require(deps.control, caller, params.sessionId);
    const found = await messages.find(deps.messages, sessionId, params.messageId);
    if (!found) throw new Fault("not_found");
    const cancelled = await scheduledMessages.cancel(deps.messages, found);
    const message = await messages.find(deps.messages, sessionId, params.messageId);
    if (!message) throw new Fault("not_found");
    if (!cancelled && message.reason !== "cancelled") throw new Fault("message_not_scheduled");
    return { status: 200, body: toMessage(message) };
  },
);
