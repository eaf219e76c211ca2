import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { batchRoutes } from "#shared/routes/batches.ts";
import type { erasureRoutes } from "#shared/routes/erasures.ts";
import type { messageRoutes } from "#shared/routes/messages.ts";
import type { scheduleRoutes } from "#shared/routes/schedule.ts";
import type { templateRoutes } from "#shared/routes/templates.ts";
import * as batches from "./batches.ts";
import { cancelMessage } from "./cancel-message.ts";
import { createBatch } from "./create-batch.ts";
import { deleteMessage } from "./delete-message.ts";
import { editMessage } from "./edit-message.ts";
import { eraseMessages } from "./erase-messages.ts";
import { forwardMessage } from "./forward-message.ts";
import { getMessage } from "./get-message.ts";
import { listMessages } from "./list-messages.ts";
import { listRecipients } from "./list-recipients.ts";
import type { MessageDeps } from "./message-deps.ts";
import { reactToMessage } from "./react-to-message.ts";
import { sendMessageByKey } from "./send-message-by-key.ts";
import { sendMessage } from "./send-message.ts";
import * as templates from "./templates.ts";

type Routes = typeof messageRoutes &
  typeof templateRoutes &
  typeof batchRoutes &
  typeof erasureRoutes &
  typeof scheduleRoutes;

const implementations = {
  sendMessage,
  sendMessageByKey,
  listMessages,
  getMessage,
  listRecipients,
  editMessage,
  deleteMessage,
  reactToMessage,
  forwardMessage,
  createTemplate: templates.createTemplate,
  listTemplates: templates.listTemplates,
  getTemplate: templates.getTemplate,
  updateTemplate: templates.updateTemplate,
  deleteTemplate: templates.deleteTemplate,
  createBatch,
  listBatches: batches.listBatches,
  getBatch: batches.getBatch,
  pauseBatch: batches.pauseBatch,
  resumeBatch: batches.resumeBatch,
  cancelBatch: batches.cancelBatch,
  eraseMessages,
  cancelMessage,
} satisfies Record<keyof Routes, RouteImplementation<MessageDeps>>;

export function createMessagesApi(deps: MessageDeps): ApiHandler {
  return createApi(implementations, deps);
}
