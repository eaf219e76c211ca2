// What is told of a message in the end. That it failed can be said only of what has certainly not
// left: whatever may have left is unknown, until a receipt tells.
import type { MessageReason } from "#shared/contracts/message-status.ts";
import type { SendOutcome } from "../whatsapp/send-outcome.ts";
import type { FinalStatus } from "./outbox-message.ts";

export const notAcknowledged: FinalStatus = {
  status: "unknown",
  reason: "not_acknowledged",
  detail: "WhatsApp did not say whether it took the message.",
};

/** By what came of a try; undefined when it is to be tried again. */
export function fateBy(
  outcome: SendOutcome,
  { mayHaveLeft = false }: { mayHaveLeft?: boolean },
): FinalStatus | undefined {
  switch (outcome.result) {
    case "acknowledged":
      return { status: "sent", reason: null, detail: null, recipients: outcome.recipients };
    case "refused":
      return fateOfUnsent(mayHaveLeft, outcome.reason, outcome.detail);
    case "not_sent":
    case "unanswered":
      return undefined;
  }
}

/** Of one that does not leave, or not again. */
export function fateOfUnsent(
  mayHaveLeft: boolean,
  reason: MessageReason,
  detail: string,
): FinalStatus {
  return mayHaveLeft ? notAcknowledged : { status: "failed", reason, detail };
}
