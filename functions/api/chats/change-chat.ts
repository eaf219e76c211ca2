import { implement } from "#functions/middleware/implement.ts";
import { requireAddress } from "#shared/address.ts";
import { contactRoutes } from "#shared/routes/contacts.ts";
import { askToDo } from "./ask.ts";
import type { ChatDeps } from "./chat-deps.ts";

export const changeChat = implement(contactRoutes.changeChat, (call, deps: ChatDeps) => {
  const { archived, mutedUntil, read } = call.body;
  return askToDo(deps, call, {
    kind: "chat.change",
    chat: requireAddress(call.params.chatId).jid,
    ...(archived !== undefined && { archived }),
    ...(mutedUntil !== undefined && {
      mutedUntil: mutedUntil === null ? null : Date.parse(mutedUntil),
    }),
    ...(read !== undefined && { read }),
    newest: [],
  });
});
