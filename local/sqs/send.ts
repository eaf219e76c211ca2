import { createHash } from "node:crypto";
import { addEntry, nextSequence, type Broker } from "./broker.ts";
import type { Message } from "./message.ts";
import { md5, md5OfAttributes } from "./message-digest.ts";
import { checkOutgoing, sizeOf, type Outgoing } from "./outgoing.ts";
import type { FirstSend, Queue } from "./queue.ts";
import { numberAttribute } from "./queue-attributes.ts";

const DEDUPLICATION_MS = 300_000;

export type Sent = {
  MessageId: string;
  SequenceNumber?: string;
  MD5OfMessageBody: string;
  MD5OfMessageAttributes?: string;
};

/** Puts a message into the queue, unless it was sent before within the deduplication window. */
export function send(broker: Broker, queue: Queue, outgoing: Outgoing): Sent {
  checkOutgoing(queue, outgoing);
  const first = queue.fifo ? sendOnce(broker, queue, outgoing) : undefined;
  const messageId = first ? first.messageId : put(broker, queue, outgoing, broker.newId(), {});
  const attributesDigest = md5OfAttributes(outgoing.MessageAttributes);
  return {
    MessageId: messageId,
    ...(first && { SequenceNumber: first.sequence }),
    // Of this body even when another one was sent before it: the SDK compares.
    MD5OfMessageBody: md5(outgoing.MessageBody ?? ""),
    ...(attributesDigest && { MD5OfMessageAttributes: attributesDigest }),
  };
}

function sendOnce(broker: Broker, queue: Queue, outgoing: Outgoing): FirstSend {
  const body = outgoing.MessageBody ?? "";
  const deduplicationId =
    outgoing.MessageDeduplicationId ?? createHash("sha256").update(body).digest("hex");
  const perGroup = queue.record.attributes["DeduplicationScope"] === "messageGroup";
  const key = perGroup ? `${outgoing.MessageGroupId} ${deduplicationId}` : deduplicationId;
  const before = queue.firstSends.get(key);
  if (before) return before;
  const sequence = nextSequence(broker, queue);
  const messageId = put(broker, queue, outgoing, broker.newId(), { deduplicationId, sequence });
  const first = { messageId, sequence, until: broker.now() + DEDUPLICATION_MS };
  queue.firstSends.set(key, first);
  broker.note("first-send", `${queue.record.name}/${key}`, first);
  return first;
}

function put(
  broker: Broker,
  queue: Queue,
  outgoing: Outgoing,
  id: string,
  fifo: Pick<Message, "deduplicationId" | "sequence">,
): string {
  const sentAt = broker.now();
  const asked = queue.fifo ? undefined : outgoing.DelaySeconds;
  const delay = asked ?? numberAttribute(queue, "DelaySeconds");
  const traceHeader = outgoing.MessageSystemAttributes?.AWSTraceHeader?.StringValue;
  const message: Message = {
    key: id,
    id,
    body: outgoing.MessageBody ?? "",
    ...(outgoing.MessageAttributes && { attributes: outgoing.MessageAttributes }),
    ...(outgoing.MessageGroupId && { groupId: outgoing.MessageGroupId }),
    ...(traceHeader && { traceHeader }),
    ...fifo,
    sentAt,
    size: sizeOf(outgoing),
  };
  const delivery = { visibleAt: sentAt + delay * 1000, receiveCount: 0 };
  addEntry(broker, queue, message, delay > 0 ? { ...delivery, delayed: true } : delivery);
  return id;
}
