// The `messages` table holds two kinds of item under one session: messages (`m#…`) and the event
// log (`e#…`). API, dispatcher and runner all touch it, so its keys live here.
import type { Contact } from "../address.ts";
import type { CallerName } from "../contracts/caller.ts";
import type { ReceivedContent } from "../contracts/message-content.ts";
import type { MessageReason, MessageStatus } from "../contracts/message-status.ts";
import { sortableCursor } from "../cursor.ts";
import type { Cursor } from "../cursor.ts";

/** What a file became at WhatsApp. Bytes are base64. */
export type Upload = {
  url: string;
  directPath: string;
  mediaKey: string;
  fileSha256: string;
  fileEncSha256: string;
  fileLength: number;
  mimetype: string;
  /** Seconds since 1970. */
  uploadedAt: number;
  /** Pixels, of a picture or a film. */
  width?: number;
  height?: number;
  /** Of a film, by its own word. */
  seconds?: number;
};

export type MessageItem = {
  pk: string;
  sk: string;
  accountId: string;
  messageId: string;
  whatsappId: string;
  direction: "outbound" | "inbound";
  /** JID of the chat. */
  chat: string;
  /** Key of the index of chats. */
  chatKey: string;
  /** Who sent it; absent on what we send. */
  from?: Contact;
  content: ReceivedContent;
  status: MessageStatus;
  /** Rank of `status`, compared in conditions so that a message never goes backwards. */
  rank: number;
  reason?: MessageReason;
  detail?: string;
  /** Of what came in: when it was heard of, and as which event. Orders the messages of one second. */
  arrival?: string;
  /** ISO times. */
  createdAt: string;
  sentAt?: string;
  deliveredAt?: string;
  readAt?: string;
  playedAt?: string;
  failedAt?: string;
  deletedAt?: string;
  /** Of a message to a group: how many it went to, and how many of them have come how far. */
  recipientCount?: number;
  deliveredTo?: number;
  readBy?: number;
  playedBy?: number;
  /** Of a file that was sent, so that every try names the same one. */
  upload?: Upload;
  edit?: { body: string; at: string };
  /** One attribute a person, so that a change of one is one write that looks at nothing else. */
  [reaction: `reaction ${string}`]: { from: Contact; emoji: string | null; at: string };
  [vote: `vote ${string}`]: { from: Contact; options: string[]; at: string };
  /** Milliseconds since 1970; not sent any more after this. */
  sendBefore?: number;
  requestId?: string;
  /** Who had it sent; absent on what comes in, and on what the phone sent. */
  by?: CallerName;
  batchId?: string;
  /** Seconds of typing that are shown before it leaves. */
  typeFor?: number;
  /** Milliseconds since 1970: scheduled for then. `shard` is its session's. */
  sendAt?: number;
  shard?: number;
  /** Once its worker is about to send it, or has: it cannot be cancelled any more. */
  departure?: string;
  /**
   * Until the clock has taken it up: the key of the index of what is due, and when it is. `due`: it is
   * scheduled, and to be handed over then. `keep`: its command is in the queue of a session that could
   * not send, and before the queue forgets it, it is to be stored as waiting (`parkedIn`).
   */
  dueIn?: "due" | "keep";
  dueAt?: number;
  /** Names the request that made it, when that may be repeated: a repetition knows its own item. */
  madeBy?: string;
  /** The session's id while the message waits for its session: the key of the sparse index. */
  parkedIn?: string;
  /** Seconds since 1970, DynamoDB's TTL. */
  expiresAt: number;
};

export function messageKey(sessionId: string, messageId: string): { pk: string; sk: string } {
  return { pk: sessionId, sk: `m#${messageId}` };
}

/** Key of a chat in the index of chats: the address under which it is kept. */
export function chatKeyOf(sessionId: string, address: string): string {
  return `${sessionId}#${address}`;
}

/** Prefix of all message sort keys, for queries. */
export const messagePrefix = "m#";

/** How far one member of a group has come with a message of ours. */
export type RecipientItem = {
  pk: string;
  sk: string;
  recipient: Contact;
  status: MessageStatus;
  rank: number;
  deliveredAt?: string;
  readAt?: string;
  playedAt?: string;
  expiresAt: number;
};

export function recipientKey(
  sessionId: string,
  messageId: string,
  person: string,
): { pk: string; sk: string } {
  return { pk: sessionId, sk: `${recipientPrefix(messageId)}${person}` };
}

export const anyRecipientPrefix = "r#";

export function recipientPrefix(messageId: string): string {
  return `${anyRecipientPrefix}${messageId}#`;
}

/** A batch of events as the runner published it, under the cursor of its first event. */
export type EventLogItem = {
  pk: string;
  sk: string;
  accountId: string;
  /** Events as JSON, in order; packed, but for what an earlier version has stored. */
  events: Uint8Array | string;
  /** Sortable cursor of the last event: a longer batch from the same first event replaces it. */
  upTo: string;
  /** On an owner's first events: sortable cursor of the last event before them, if there was one. */
  previous?: string;
  expiresAt: number;
};

export function eventLogKey(sessionId: string, first: Cursor): { pk: string; sk: string } {
  return { pk: sessionId, sk: `e#${sortableCursor(first)}` };
}

export const eventLogPrefix = "e#";
