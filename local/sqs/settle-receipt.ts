import { removeEntry, setDelivery, type Broker } from "./broker.ts";
import type { Entry } from "./message.ts";
import { isInFlight, type Queue } from "./queue.ts";
import { parseReceiptHandle } from "./receipt-handle.ts";
import { sqsError } from "./sqs-error.ts";

const MAX_VISIBILITY_SECONDS = 43_200;

/** Deletes what was received. Again, for a message already gone, is not an error. */
export function deleteByHandle(broker: Broker, queue: Queue, handle: string | undefined): void {
  const receipt = parseReceiptHandle(queue, handle);
  const entry = queue.entries.get(receipt.key);
  if (!entry) return;
  const latest = entry.delivery.receiveCount === receipt.receiveCount;
  if (queue.fifo && !(latest && isInFlight(queue, entry))) throw expired(handle);
  // A standard queue says yes to an older handle and keeps the message.
  if (!latest) return;
  if (entry.delivery.duplicate === "due") {
    const delivery = { ...entry.delivery, visibleAt: broker.now(), duplicate: "done" as const };
    setDelivery(broker, queue, entry, delivery);
  } else removeEntry(broker, queue, entry);
}

/** Moves the end of the visibility timeout to `seconds` from now; 0 gives the message back. */
export function changeVisibility(
  broker: Broker,
  queue: Queue,
  handle: string | undefined,
  seconds: number | undefined,
): void {
  const receipt = parseReceiptHandle(queue, handle);
  if (seconds === undefined) {
    throw sqsError(
      "MissingRequiredParameterException",
      "The request must contain the parameter VisibilityTimeout.",
    );
  }
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
    throw invalid(
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.`,
    );
  }
  const entry = requireInFlight(queue, receipt.key, receipt.receiveCount, handle);
  const visibleAt = broker.now() + seconds * 1000;
  const last = (entry.delivery.receivedAt ?? 0) + MAX_VISIBILITY_SECONDS * 1000;
  if (visibleAt > last) {
    throw invalid(
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].`,
    );
  }
  setDelivery(broker, queue, entry, { ...entry.delivery, visibleAt });
}

function requireInFlight(
  queue: Queue,
  key: string,
  receiveCount: number,
  handle: string | undefined,
): Entry {
  const entry = queue.entries.get(key);
  if (!entry) {
    throw invalid(
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  if (entry.delivery.receiveCount === receiveCount && isInFlight(queue, entry)) return entry;
  if (queue.fifo) throw expired(handle);
  throw sqsError("MessageNotInflight", "The message referred to is not in flight.");
}

function expired(handle: string | undefined) {
  return invalid(
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  );
}

function invalid(message: string) {
  return sqsError("InvalidParameterValueException", message);
}
