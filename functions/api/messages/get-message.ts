import { implement } from "#functions/middleware/implement.ts";
import * as messages from "#functions/store/messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import type { MessageDeps } from "./message-deps.ts";
import { toMessage } from "./to-message.ts";

export const getMessage = implement(
  messageRoutes.getMessage,
  async ({ caller, params }, deps: MessageDeps) => {
    const { sessionId } = await sessions.require(deps.control, caller, params.sessionId);
    const message = await messages.find(deps.messages, sessionId, params.messageId);
    if (!message) throw new Fault("not_found");
    return { status: 200, body: toMessage(message) };
  },
);
