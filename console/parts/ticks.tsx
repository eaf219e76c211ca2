import type { MessageStatus } from "../live/message-status.ts";
import { texts } from "../texts/texts.ts";

const marks: Record<MessageStatus, string> = {
  queued: "◷",
  sent: "✓",
  delivered: "✓✓",
  read: "✓✓",
  played: "✓✓",
  failed: "!",
  unknown: "?",
};

/** How far a message has come, as WhatsApp shows it. */
export function Ticks({ status }: { status: MessageStatus }) {
  return (
    <span class={`ticks ${status}`} role="img" aria-label={texts.messageStatus[status]}>
      {marks[status]}
    </span>
  );
}
