import type { Broker } from "./broker.ts";
import { findQueueByArn } from "./dead-letter.ts";
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
  if (target?.fifo === name.endsWith(".fifo")) return;
  const reason = target
    ? "Dead-letter queue must be same type of queue as the source."
    : "Dead letter target does not exist.";
  throw sqsError(
    "InvalidParameterValueException",
    `Value ${policyText} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  );
}
