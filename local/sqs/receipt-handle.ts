import type { Entry } from "./message.ts";
import type { Queue } from "./queue.ts";
import { sqsError } from "./sqs-error.ts";

/** Names one receive of one message. */
export type Receipt = { key: string; receiveCount: number };

export function toReceiptHandle(queue: Queue, entry: Entry): string {
  const { message, delivery } = entry;
  const parts = [queue.record.name, message.key, delivery.receiveCount];
  return Buffer.from(parts.join(" ")).toString("base64");
}

export function parseReceiptHandle(queue: Queue, handle: string | undefined): Receipt {
  if (!handle) {
    throw sqsError(
      "MissingRequiredParameterException",
      "The request must contain the parameter ReceiptHandle.",
    );
  }
  const [name, key, receiveCount] = Buffer.from(handle, "base64").toString("utf8").split(" ");
  if (name !== queue.record.name || !key || !/^\d+$/.test(receiveCount ?? "")) {
    throw sqsError(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  return { key, receiveCount: Number(receiveCount) };
}
