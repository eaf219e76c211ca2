import type { ReceiveMessageCommandInput } from "@aws-sdk/client-sqs";
import type { Entry, MessageAttributes } from "./message.ts";
import { md5, md5OfAttributes } from "./message-digest.ts";
import type { Queue } from "./queue.ts";
import { toReceiptHandle } from "./receipt-handle.ts";

/** A received message as the API shows it, with the attributes that were asked for. */
export function toAnswer(queue: Queue, entry: Entry, asked: ReceiveMessageCommandInput): object {
  const { message } = entry;
  const system = systemAttributes(entry, [
    ...(asked.AttributeNames ?? []),
    ...(asked.MessageSystemAttributeNames ?? []),
  ]);
  const attributes = pick(message.attributes ?? {}, asked.MessageAttributeNames ?? []);
  const attributesDigest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: toReceiptHandle(queue, entry),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(attributesDigest && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: attributesDigest,
    }),
  };
}

function systemAttributes({ message, delivery }: Entry, asked: string[]): Record<string, string> {
  const all: Record<string, string | undefined> = {
    SenderId: "000000000000",
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(delivery.receiveCount),
    ApproximateFirstReceiveTimestamp: String(delivery.firstReceivedAt),
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: message.sequence,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.sourceArn,
  };
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && (asked.includes("All") || asked.includes(name))) shown[name] = value;
  }
  return shown;
}

/** By name, by `prefix.*`, or all of them. */
function pick(attributes: MessageAttributes, asked: string[]): MessageAttributes {
  const wanted = (name: string) =>
    asked.some(
      (pattern) =>
        pattern === "All" ||
        pattern === name ||
        (pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1).replace(/^\.$/, ""))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
