import type { ReceiveMessageCommandInput } from "@aws-sdk/client-sqs";
import { requireQueue, type Broker } from "../broker.ts";
import { numberAttribute } from "../queue-attributes.ts";
import { keepAttempt, repeatAttempt } from "../receive-attempt.ts";
import { longPoll, receive, takeBack } from "../receive.ts";
import { sqsError } from "../sqs-error.ts";
import { toAnswer } from "../to-answer.ts";
import type { Call } from "../../stand-in/aws-json-server.ts";

export async function receiveMessage(
  broker: Broker,
  input: ReceiveMessageCommandInput,
  call: Call,
): Promise<object> {
  const queue = requireQueue(broker, input.QueueUrl);
  const max = input.MaxNumberOfMessages ?? 1;
  const wait = input.WaitTimeSeconds ?? numberAttribute(queue, "ReceiveMessageWaitTimeSeconds");
  requireBetween("MaxNumberOfMessages", max, 1, 10);
  requireBetween("WaitTimeSeconds", wait, 0, 20);
  requireBetween("VisibilityTimeout", input.VisibilityTimeout ?? 0, 0, 43_200);
  const received = await longPoll(broker, queue, wait, call.signal, () => {
    const visibility = input.VisibilityTimeout ?? numberAttribute(queue, "VisibilityTimeout");
    const repeated = repeatAttempt(broker, queue, input.ReceiveRequestAttemptId, visibility);
    return repeated ?? receive(broker, queue, max, visibility);
  });
  keepAttempt(broker, queue, input.ReceiveRequestAttemptId, received);
  call.undo = () => takeBack(broker, queue, received);
  for (const { entry } of received) call.payloadBytes += entry.message.size;
  const messages = received.map(({ entry }) => toAnswer(queue, entry, input));
  return messages.length === 0 ? {} : { Messages: messages };
}

function requireBetween(parameter: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw sqsError(
    "InvalidParameterValueException",
    `Value ${value} for parameter ${parameter} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}
