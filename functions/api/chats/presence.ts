import { implement } from "#functions/middleware/implement.ts";
import * as messages from "#functions/store/messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import { isGroup, isPublished, requireAddress } from "#shared/address.ts";
import { Fault } from "#shared/faults/fault.ts";
import { presenceRoutes } from "#shared/routes/presence.ts";
import { askToDo } from "./ask.ts";
import type { ChatDeps } from "./chat-deps.ts";

export const setPresence = implement(presenceRoutes.setPresence, (call, deps: ChatDeps) => {
  const available = call.body.state === "available";
  return askToDo(deps, call, { kind: "presence.set", available });
});

export const subscribePresence = implement(
  presenceRoutes.subscribePresence,
  (call, deps: ChatDeps) => {
    const contact = requireAddress(call.body.to).jid;
    return askToDo(deps, call, { kind: "presence.subscribe", contact });
  },
);

export const showTyping = implement(presenceRoutes.showTyping, (call, deps: ChatDeps) => {
  const chat = requireAddress(call.body.to).jid;
  return askToDo(deps, call, { kind: "typing.show", chat, state: call.body.state });
});

export const readMessage = implement(
  presenceRoutes.readMessage,
  async ({ params, ...call }, deps: ChatDeps) => {
    const { sessionId } = await sessions.require(deps.control, call.caller, params.sessionId);
    const message = await messages.find(deps.messages, sessionId, params.messageId);
    if (message?.direction !== "inbound") throw new Fault("not_found");
    const { chat, whatsappId, from } = message;
    // Where many speak, in groups and statuses, WhatsApp wants to know whose it was.
    const isShared = isGroup(chat) || isPublished(chat);
    const key = { chat, whatsappId, ...(isShared && from && { participant: from.id }) };
    return askToDo(deps, { ...call, params }, { kind: "messages.read", messages: [key] });
  },
);
