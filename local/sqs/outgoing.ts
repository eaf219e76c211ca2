import type { SendMessageCommandInput } from "@aws-sdk/client-sqs";
import type { MessageAttributes } from "./message.ts";
import { attributeValue } from "./message-digest.ts";
import type { Queue } from "./queue.ts";
import { numberAttribute } from "./queue-attributes.ts";
import { sqsError } from "./sqs-error.ts";

/** What a sender asks for, alone or as an entry of a batch. */
export type Outgoing = Omit<SendMessageCommandInput, "QueueUrl" | "MessageAttributes"> & {
  MessageAttributes?: MessageAttributes;
};

export function sizeOf(outgoing: Outgoing): number {
  let size = Buffer.byteLength(outgoing.MessageBody ?? "");
  for (const [name, attribute] of Object.entries(outgoing.MessageAttributes ?? {})) {
    size += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType ?? "");
    size += attributeValue(attribute).length;
  }
  return size;
}

/** Refuses what SQS refuses. */
export function checkOutgoing(queue: Queue, outgoing: Outgoing): void {
  if (!outgoing.MessageBody) throw missing("MessageBody");
  checkContents(outgoing.MessageBody);
  const limit = numberAttribute(queue, "MaximumMessageSize");
  if (sizeOf(outgoing) > limit) {
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
  checkAttributes(outgoing.MessageAttributes);
  checkDelay(queue, outgoing.DelaySeconds);
  checkId("MessageGroupId", outgoing.MessageGroupId);
  if (queue.fifo) checkFifo(queue, outgoing);
  else if (outgoing.MessageDeduplicationId !== undefined) {
    throw notForThisQueue(outgoing.MessageDeduplicationId, "MessageDeduplicationId");
  }
}

/** XML 1.0's characters, since SQS once spoke XML. */
function checkContents(body: string): void {
  if (/(?![\t\n\r])[^ -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(body)) {
    throw sqsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.",
    );
  }
}

function checkAttributes(attributes: MessageAttributes = {}): void {
  const names = Object.keys(attributes);
  if (names.length > 10) {
    throw invalid(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [10].`,
    );
  }
  for (const name of names) {
    const { DataType = "", StringValue, BinaryValue } = attributes[name] ?? {};
    if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
      throw invalid(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    }
    const value = DataType.startsWith("Binary") ? BinaryValue : StringValue;
    if (!value) {
      throw invalid(
        `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`,
      );
    }
  }
}

function checkDelay(queue: Queue, delay: number | undefined): void {
  if (delay === undefined) return;
  if (!Number.isInteger(delay) || delay < 0 || delay > 900) {
    throw invalid(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
  if (queue.fifo && delay !== 0) throw notForThisQueue(delay, "DelaySeconds");
}

function checkFifo(queue: Queue, outgoing: Outgoing): void {
  if (!outgoing.MessageGroupId) throw missing("MessageGroupId");
  checkId("MessageDeduplicationId", outgoing.MessageDeduplicationId);
  const byContent = queue.record.attributes["ContentBasedDeduplication"] === "true";
  if (outgoing.MessageDeduplicationId === undefined && !byContent) {
    throw invalid(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
}

function checkId(parameter: string, value: string | undefined): void {
  if (value === undefined || /^[!-~]{1,128}$/.test(value)) return;
  throw invalid(
    `Value ${value} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function missing(parameter: string) {
  return sqsError(
    "MissingRequiredParameterException",
    `The request must contain the parameter ${parameter}.`,
  );
}

function notForThisQueue(value: string | number, parameter: string) {
  return invalid(
    `Value ${value} for parameter ${parameter} is invalid. Reason: The request include parameter that is not valid for this queue type.`,
  );
}

function invalid(message: string) {
  return sqsError("InvalidParameterValueException", message);
}
