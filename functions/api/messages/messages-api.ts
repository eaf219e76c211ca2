import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { messageRoutes } from "#shared/routes/messages.ts";
import { getMessage } from "./get-message.ts";
import { listMessages } from "./list-messages.ts";
import type { MessageDeps } from "./message-deps.ts";
import { sendMessageByKey } from "./send-message-by-key.ts";
import { sendMessage } from "./send-message.ts";

const implementations = {
  sendMessage,
  sendMessageByKey,
  listMessages,
  getMessage,
} satisfies Record<keyof typeof messageRoutes, RouteImplementation<MessageDeps>>;

export function createMessagesApi(deps: MessageDeps): ApiHandler {
  return createApi(implementations, deps);
}
