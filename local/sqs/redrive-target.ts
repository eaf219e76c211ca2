import type { Broker } from "./broker.ts";
import { findQueueByArn } from "./dead-letter.ts";
import type { Queue } from "./queue.ts";
import { parseRedrivePolicy } from "./redrive-policy.ts";
import { sqsError } from "./sqs-error.ts";

/** A dead-letter queue must be there, and of the same type as the queue that it serves. */
export function requireRedriveTarget(
  broker: Broker,
  name: string,
  policyText: string | undefined,
): void {
  const policy = parseRedrivePolicy(policyText);
  if (!policy) return;
  const target = findQueueByArn(broker, policy.deadLetterTargetArn);
  const reason = refusal(target, name);
  if (!reason) return;
  throw sqsError(
    "InvalidParameterValueException",
    `Value ${policyText} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  );
}

function refusal(target: Queue | undefined, name: string): string | undefined {
  if (!target) return "Dead letter target does not exist.";
  if (target.record.name === name) return "A queue cannot be its own dead-letter queue.";
  if (target.fifo === name.endsWith(".fifo")) return undefined;
  return "Dead-letter queue must be same type of queue as the source.";
}
