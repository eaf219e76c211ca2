import type { Queue } from "./queue.ts";
import { parseRedrivePolicy } from "./redrive-policy.ts";
import { sqsError } from "./sqs-error.ts";

const MEBIBYTE = 1_048_576;

/** Whole numbers, with their default and range. */
const numbers = {
  DelaySeconds: [0, 0, 900],
  MaximumMessageSize: [MEBIBYTE, 1024, MEBIBYTE],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
  VisibilityTimeout: [30, 0, 43_200],
  KmsDataKeyReusePeriodSeconds: [300, 60, 86_400],
} as const satisfies Record<string, readonly [number, number, number]>;

const choices: Record<string, string[]> = {
  FifoQueue: ["true", "false"],
  ContentBasedDeduplication: ["true", "false"],
  DeduplicationScope: ["queue", "messageGroup"],
  FifoThroughputLimit: ["perQueue", "perMessageGroupId"],
  SqsManagedSseEnabled: ["true", "false"],
};
const onlyFifo = ["ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];
const computed = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesDelayed",
  "ApproximateNumberOfMessagesNotVisible",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
  "QueueArn",
];
const free = ["Policy", "KmsMasterKeyId", "RedriveAllowPolicy", "RedrivePolicy"];

/** Refuses unknown names, values out of range, and FIFO attributes on a standard queue. */
export function checkAttributes(name: string, attributes: Record<string, string>): void {
  for (const [attribute, value] of Object.entries(attributes)) {
    if (!isSettable(attribute) || (onlyFifo.includes(attribute) && !name.endsWith(".fifo"))) {
      throw sqsError("InvalidAttributeName", `Unknown Attribute ${attribute}.`);
    }
    if (!isValid(attribute, value)) {
      throw sqsError("InvalidAttributeValue", `Invalid value for the parameter ${attribute}.`);
    }
  }
}

/** Whether a queue can have this attribute, set or computed. */
export function isAttribute(name: string): boolean {
  return isSettable(name) || computed.includes(name);
}

function isSettable(attribute: string): boolean {
  return attribute in numbers || attribute in choices || free.includes(attribute);
}

function isValid(attribute: string, value: string): boolean {
  const range = numbers[attribute as keyof typeof numbers];
  if (range) return /^\d+$/.test(value) && Number(value) >= range[1] && Number(value) <= range[2];
  if (attribute === "RedrivePolicy") return value === "" || parseRedrivePolicy(value) !== undefined;
  return choices[attribute]?.includes(value) ?? true;
}

export function numberAttribute(queue: Queue, name: keyof typeof numbers): number {
  return Number(queue.record.attributes[name] ?? numbers[name][0]);
}

/** Everything that `GetQueueAttributes` shows. */
export function readAttributes(queue: Queue): Record<string, string> {
  const { attributes, createdAt, modifiedAt } = queue.record;
  const hidden = [...queue.hidden];
  const delayed = hidden.filter((entry) => entry.delivery.delayed).length;
  const defaults = Object.entries(numbers)
    .filter(([key]) => key !== "KmsDataKeyReusePeriodSeconds")
    .map(([key, [value]]) => [key, String(value)]);
  return {
    ...Object.fromEntries(defaults),
    SqsManagedSseEnabled: "true",
    ...(queue.fifo && {
      FifoQueue: "true",
      ContentBasedDeduplication: "false",
      DeduplicationScope: "queue",
      FifoThroughputLimit: "perQueue",
    }),
    ...Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== "")),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(queue.line.size),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(modifiedAt / 1000)),
  };
}
