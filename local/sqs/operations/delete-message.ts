import type { DeleteMessageCommandInput } from "@aws-sdk/client-sqs";
import { requireQueue, type Broker } from "../broker.ts";
import { deleteByHandle } from "../settle-receipt.ts";

export function deleteMessage(broker: Broker, input: DeleteMessageCommandInput): object {
  deleteByHandle(broker, requireQueue(broker, input.QueueUrl), input.ReceiptHandle);
  return {};
}
