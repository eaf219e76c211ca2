// A batch is two items of the `messages` table under its account: a small one that changes, and what
// it says and to whom, which does not. Its messages are made from these, under ids that follow from
// the batch, so that making them again makes the same ones.
import type { BatchState } from "../contracts/batch.ts";
import type { CallerName } from "../contracts/caller.ts";
import type { MessageContent } from "../contracts/message-content.ts";

export type BatchItem = {
  pk: string;
  sk: string;
  accountId: string;
  batchId: string;
  sessionId: string;
  shard: number;
  state: BatchState;
  total: number;
  /** Recipients before this one have their message. */
  next: number;
  typeFor?: number;
  by: CallerName;
  requestId: string;
  /** ISO times. */
  createdAt: string;
  sendAt?: string;
  /** Milliseconds since 1970; not sent any more after this. */
  sendBefore?: number;
  /** While messages are to be made: the key of the index of what is due, and when it is. */
  dueIn?: "due";
  dueAt?: number;
  /** Seconds since 1970. */
  expiresAt: number;
};

export type BatchBodyItem = {
  pk: string;
  sk: string;
  /** With `{{variables}}` in its texts. */
  content: MessageContent;
  /** JSON of the recipients, deflated. */
  recipients: Uint8Array;
  expiresAt: number;
};

/** A JID, and what stands in for the variables. */
export type BatchRecipient = [to: string, variables: Record<string, string>];

/** Stands in a batch for an erased person, who was recipient number so-and-so: others keep their ids. */
export function erasedRecipient(index: number): string {
  return `erased:${index}`;
}

export function isErased([to]: BatchRecipient): boolean {
  return to.startsWith("erased:");
}

export const batchPrefix = "b#";

export function batchKey(accountId: string, batchId: string): { pk: string; sk: string } {
  return { pk: accountId, sk: `${batchPrefix}${batchId}` };
}

export function batchBodyKey(accountId: string, batchId: string): { pk: string; sk: string } {
  return { pk: accountId, sk: `bb#${batchId}` };
}
