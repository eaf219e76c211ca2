/** Work that a deletion leaves, in the `messages` table: found in the index of what is due until it is done. */
export type ErasureItem = {
  pk: string;
  sk: string;
  accountId: string;
  dueIn: "due";
  /** Milliseconds since 1970. */
  dueAt: number;
  /** Seconds since 1970: by then everything has expired by itself. */
  expiresAt: number;
};

export const erasurePrefix = "x#";

/** Of all that is kept of a session. */
export function sessionErasureKey(sessionId: string): { pk: string; sk: string } {
  return { pk: sessionId, sk: `${erasurePrefix}session` };
}
