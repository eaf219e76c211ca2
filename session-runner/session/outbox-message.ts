import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { MessageReason, MessageStatus } from "#shared/contracts/message-status.ts";

export type OutboxMessage = {
  messageId: string;
  whatsappId: string;
  to: string;
  content: MessageContent;
  /** Milliseconds since 1970. */
  expiresAt?: number | undefined;
  batchId?: string | undefined;
  /** Seconds of typing that are shown before it leaves. */
  typeFor?: number | undefined;
  /** Milliseconds since 1970: it was scheduled for then, and can be cancelled until it leaves. */
  sendAt?: number | undefined;
  /** On the wire once, and not answered: whatever is said of it, its recipient may have it. */
  mayHaveLeft?: boolean;
  /** The queue hands it out once more, or the index shows it late: its fate may be told already. */
  isAgain?: boolean;
  /** Stored as waiting: the next owner finds it there. */
  isParked?: boolean;
};

export type FinalStatus = {
  status: Extract<MessageStatus, "sent" | "failed" | "unknown">;
  reason: MessageReason | null;
  detail: string | null;
  /** Of a group that has it: how many it went to. */
  recipients?: number | undefined;
};

/** How the waiting messages end when the session does. */
export type Ending = "park" | "fail" | "return";

/**
 * What becomes of the command: `done` when the message's fate is settled, `parked` when it waits as
 * an item of its own, `return` when another owner must take the command from the queue again.
 */
export type Fate = "done" | "parked" | "return";

/** Whether a message may leave now. What is held waits under a name, until that is let go. */
export type Verdict = { go: true } | { go: false; until: string } | { cancelled: true };
