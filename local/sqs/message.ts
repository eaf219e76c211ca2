import type { MessageAttributeValue } from "@aws-sdk/client-sqs";

/** As it travels in JSON: binary values are base64. */
export type MessageAttributes = Record<
  string,
  Omit<MessageAttributeValue, "BinaryValue"> & { BinaryValue?: string }
>;

/** What the sender gave, never changed. */
export type Message = {
  /** Names this copy in the queue. Equal to `id`, but for the second copy of a duplicate delivery. */
  key: string;
  id: string;
  body: string;
  attributes?: MessageAttributes;
  traceHeader?: string;
  groupId?: string;
  deduplicationId?: string;
  /** FIFO only: 20 digits, so that text order is number order. */
  sequence?: string;
  sentAt: number;
  /** The queue it came from, in a dead-letter queue. */
  sourceArn?: string;
  /** Bytes of body and attributes. */
  size: number;
};

/** How a message has fared with its receivers. */
export type Delivery = {
  visibleAt: number;
  /** Also tells receipt handles of one message apart: each receive raises it. */
  receiveCount: number;
  firstReceivedAt?: number;
  receivedAt?: number;
  /** Hidden because it was sent with a delay, not because somebody has it. */
  delayed?: boolean;
  /** The `duplicate-delivery` fault: `due` comes back once after its deletion, `done` never again. */
  duplicate?: "due" | "done";
};

/** A message in a queue. `delivery` is replaced, never changed in place. */
export type Entry = { message: Message; delivery: Delivery };

/** A message handed out, with how it fared before, so that the receive can be taken back. */
export type Received = { entry: Entry; before: Delivery; after: Delivery };
