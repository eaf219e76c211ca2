import type { Call, Operation } from "../stand-in/aws-json-server.ts";
import type { Broker } from "./broker.ts";
import { changeMessageVisibilityBatch } from "./operations/change-message-visibility-batch.ts";
import { changeMessageVisibility } from "./operations/change-message-visibility.ts";
import { createQueue } from "./operations/create-queue.ts";
import { deleteMessageBatch } from "./operations/delete-message-batch.ts";
import { deleteMessage } from "./operations/delete-message.ts";
import { deleteQueue } from "./operations/delete-queue.ts";
import { getQueueAttributes } from "./operations/get-queue-attributes.ts";
import { getQueueUrl } from "./operations/get-queue-url.ts";
import { listQueues } from "./operations/list-queues.ts";
import { purgeQueue } from "./operations/purge-queue.ts";
import { receiveMessage } from "./operations/receive-message.ts";
import { sendMessageBatch } from "./operations/send-message-batch.ts";
import { sendMessage } from "./operations/send-message.ts";
import { setQueueAttributes } from "./operations/set-queue-attributes.ts";
import { startMessageMoveTask } from "./operations/start-message-move-task.ts";

/** Every operation by its API name; each saves what it changed before it answers. */
export function sqsOperations(broker: Broker): Record<string, Operation> {
  function saved(
    operation: (broker: Broker, input: never, call: Call) => object | Promise<object>,
  ): Operation {
    return async (input, call) => {
      try {
        return await operation(broker, input, call);
      } finally {
        broker.save();
      }
    };
  }
  return {
    ChangeMessageVisibility: saved(changeMessageVisibility),
    ChangeMessageVisibilityBatch: saved(changeMessageVisibilityBatch),
    CreateQueue: saved(createQueue),
    DeleteMessage: saved(deleteMessage),
    DeleteMessageBatch: saved(deleteMessageBatch),
    DeleteQueue: saved(deleteQueue),
    GetQueueAttributes: saved(getQueueAttributes),
    GetQueueUrl: saved(getQueueUrl),
    ListQueues: saved(listQueues),
    PurgeQueue: saved(purgeQueue),
    ReceiveMessage: saved(receiveMessage),
    SendMessage: saved(sendMessage),
    SendMessageBatch: saved(sendMessageBatch),
    SetQueueAttributes: saved(setQueueAttributes),
    StartMessageMoveTask: saved(startMessageMoveTask),
  };
}
