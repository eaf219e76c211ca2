import type { MessageReason } from "#shared/contracts/message-status.ts";

export type SendOutcome =
  | {
      result: "acknowledged";
      /** Of a group: how many others have devices that it went to. */
      recipients?: number | undefined;
    }
  /** Final: WhatsApp or the address refused it. */
  | { result: "refused"; reason: MessageReason; detail: string }
  /** On the wire, no answer: it may or may not have arrived. The same id may be sent again. */
  | { result: "unanswered" }
  /** The connection ended before the message left. */
  | { result: "not_sent" };
