import { boundSession } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import { Fault } from "#shared/faults/fault.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import { acceptMessage } from "./accept-message.ts";
import type { MessageDeps } from "./message-deps.ts";

export const sendMessageByKey = implement(
  messageRoutes.sendMessageByKey,
  async (call, deps: MessageDeps) => {
    const sessionId = boundSession(call.caller);
    if (sessionId === undefined) {
      throw new Fault("forbidden", {
        detail:
          "This needs an API key that is bound to a session. With others, use POST /v1/sessions/{id}/messages.",
      });
    }
    return { status: 202, body: await acceptMessage(deps, { ...call, sessionId }) };
  },
);
