// Contacts and chats of a session, in the `messages` table: what events have said of each address.
export type ContactItem = {
  pk: string;
  sk: string;
  accountId: string;
  /** JID of the contact or the group. */
  address: string;
  phone?: string;
  lid?: string;
  /** As the account's address book has it. */
  name?: string;
  pushName?: string;
  /** Of a group. */
  subject?: string;
  archived?: boolean;
  /** ISO time. */
  mutedUntil?: string;
  unread?: boolean;
  blocked?: boolean;
  /** Day of the last message that made it a chat, like 2026-11-21. */
  activeOn?: string;
  /** Seconds since 1970. */
  expiresAt: number;
};

export const contactPrefix = "c#";

export function contactKey(sessionId: string, address: string): { pk: string; sk: string } {
  return { pk: sessionId, sk: `${contactPrefix}${address}` };
}
