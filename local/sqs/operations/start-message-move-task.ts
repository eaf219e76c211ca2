import type { StartMessageMoveTaskCommandInput } from "@aws-sdk/client-sqs";
import { settle, type Broker } from "../broker.ts";
import { findQueueByArn, redrive } from "../dead-letter.ts";
import type { Queue } from "../queue.ts";
import { parseRedrivePolicy } from "../redrive-policy.ts";
import { sqsError } from "../sqs-error.ts";

/** Moves everything at once: there is no task to watch or to cancel. */
export function startMessageMoveTask(
  broker: Broker,
  input: StartMessageMoveTaskCommandInput,
): object {
  const source = requireByArn(broker, input.SourceArn);
  const destination = input.DestinationArn && requireByArn(broker, input.DestinationArn);
  if (!servesAsDeadLetterQueue(broker, source)) {
    throw sqsError(
      "InvalidParameterValueException",
      "Source queue must be configured as a Dead Letter Queue.",
    );
  }
  redrive(broker, settle(broker, source), destination || undefined);
  return { TaskHandle: Buffer.from(`${source.arn} ${broker.newId()}`).toString("base64") };
}

function requireByArn(broker: Broker, arn: string | undefined): Queue {
  const queue = findQueueByArn(broker, arn ?? "");
  if (queue) return queue;
  throw sqsError(
    "ResourceNotFoundException",
    "The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist.",
  );
}

function servesAsDeadLetterQueue(broker: Broker, queue: Queue): boolean {
  return broker.queues
    .values()
    .some(
      ({ record }) =>
        parseRedrivePolicy(record.attributes["RedrivePolicy"])?.deadLetterTargetArn === queue.arn,
    );
}
