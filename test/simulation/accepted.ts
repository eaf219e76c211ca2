import type { Session } from "./session.ts";

/** What a user may ask for; times are milliseconds since 1970. */
export type Wishes = {
  expiresAt?: number | undefined;
  /** Not to leave before, and to be cancelled until it leaves. */
  sendAt?: number | undefined;
  batchId?: string | undefined;
};

/** A message that the API has accepted. */
export type Accepted = Wishes & {
  session: Session;
  messageId: string;
  whatsappId: string;
  to: string;
  /** Its user was told that it is cancelled. */
  isCancelled: boolean;
};
