/** Work that a deletion leaves, in the `messages` table: found in the index of what is due until it is done. */
export type ErasureItem = {
  pk: string;
  sk: string;
  accountId: string;
  dueIn: "due";
  /** Milliseconds since 1970. */
  dueAt: number;
  /** Messages of which nothing is to be left elsewhere; absent when the whole session goes. */
  messageIds?: string[];
  /** JIDs of the person who is to be left nowhere. */
  addresses?: string[];
  /** Sort key where the next call goes on. */
  from?: string;
  /** Seconds since 1970: by then everything has expired by itself. */
  expiresAt: number;
};

export const erasurePrefix = "x#";

/** Of what is left elsewhere of messages, or of a person. */
export function tracesErasureKey(sessionId: string, id: string): { pk: string; sk: string } {
  return { pk: sessionId, sk: `${erasurePrefix}traces#${id}` };
}

/** Of all that is kept of a session. */
export function sessionErasureKey(sessionId: string): { pk: string; sk: string } {
  return { pk: sessionId, sk: `${erasurePrefix}session` };
}
