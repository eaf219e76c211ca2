import { implement } from "#functions/middleware/implement.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import { acceptMessage } from "./accept-message.ts";
import type { MessageDeps } from "./message-deps.ts";

export const sendMessage = implement(
  messageRoutes.sendMessage,
  async ({ params, ...call }, deps: MessageDeps) => ({
    status: 202,
    body: await acceptMessage(deps, { ...call, sessionId: params.sessionId }),
  }),
);
