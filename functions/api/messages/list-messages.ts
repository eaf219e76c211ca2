import { listPage } from "#functions/api/list-page.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import { messagePrefix } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import type { MessageDeps } from "./message-deps.ts";
import { toMessage } from "./to-message.ts";

export const listMessages = implement(
  messageRoutes.listMessages,
  async ({ caller, params, query }, deps: MessageDeps) => {
    const { sessionId } = await sessions.require(deps.control, caller, params.sessionId);
    const { page, nextCursor } = await listPage<MessageItem>(
      deps.messages,
      { partition: sessionId, prefix: messagePrefix, newestFirst: true },
      query,
    );
    return { status: 200, body: { data: page.map(toMessage), nextCursor } };
  },
);
