import { implement } from "#functions/middleware/implement.ts";
import * as messageHistory from "#functions/store/message-history.ts";
import * as sessions from "#functions/store/sessions.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import type { MessageDeps } from "./message-deps.ts";
import { toMessage } from "./to-message.ts";

export const listMessages = implement(
  messageRoutes.listMessages,
  async ({ caller, params, query }, deps: MessageDeps) => {
    const { sessionId } = await sessions.require(deps.control, caller, params.sessionId);
    const { page, nextCursor } = await messageHistory.list(deps.messages, sessionId, query);
    return { status: 200, body: { data: page.map(toMessage), nextCursor } };
  },
);
