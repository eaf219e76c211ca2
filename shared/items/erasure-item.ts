/** Work that a deletion leaves, in the `messages` table: found in the index of what is due until it is done. */
export type ErasureItem = {
  pk: string;
  sk: string;
  accountId: string;
  dueIn: "due";
  /** Milliseconds since 1970. */
  dueAt: number;
  /** Messages whose events are to say nothing any more; absent when the whole session goes. */
  messageIds?: string[];
  /** Sort key of the event log where the next call goes on. */
  from?: string;
  /** Seconds since 1970: by then everything has expired by itself. */
  expiresAt: number;
};

export const erasurePrefix = "x#";

/** Of what the event log says of messages. */
export function messagesErasureKey(sessionId: string, id: string): { pk: string; sk: string } {
  return { pk: sessionId, sk: `${erasurePrefix}messages#${id}` };
}

/** Of all that is kept of a session. */
export function sessionErasureKey(sessionId: string): { pk: string; sk: string } {
  return { pk: sessionId, sk: `${erasurePrefix}session` };
}
