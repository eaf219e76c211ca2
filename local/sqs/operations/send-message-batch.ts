import { runBatch } from "../batch.ts";
import { requireQueue, type Broker } from "../broker.ts";
import { sizeOf, type Outgoing } from "../outgoing.ts";
import { send } from "../send.ts";
import { sqsError } from "../sqs-error.ts";
import type { Call } from "../../stand-in/aws-json-server.ts";

type Input = { QueueUrl?: string; Entries?: (Outgoing & { Id?: string })[] };

const MAX_BATCH_BYTES = 1_048_576;

export function sendMessageBatch(broker: Broker, input: Input, call: Call): object {
  const queue = requireQueue(broker, input.QueueUrl);
  for (const entry of input.Entries ?? []) call.payloadBytes += sizeOf(entry);
  if (call.payloadBytes > MAX_BATCH_BYTES) {
    throw sqsError(
      "BatchRequestTooLong",
      `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${call.payloadBytes} bytes.`,
    );
  }
  return runBatch(input.Entries, (entry) => send(broker, queue, entry));
}
