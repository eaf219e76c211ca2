import type { Message } from "../../live/chats.ts";
import type { Names } from "../../live/contact-names.ts";
import { messageText } from "../../live/message-text.ts";
import { Ticks } from "../../parts/ticks.tsx";
import { texts } from "../../texts/texts.ts";
import { Content } from "./content.tsx";
import { Quote } from "./quote.tsx";
import { TimeOfDay, TimeOf } from "../../parts/time-of.tsx";

type BubbleProps = {
  message: Message;
  names: Names;
  isGroup: boolean;
  onActions: (message: Message) => void;
  onOpen: (chat: string) => void;
};

/** One message: whose it is, what it answers, what it says, what became of it. */
export function Bubble({ message, names, isGroup, onActions, onOpen }: BubbleProps) {
  const { direction, content, deletedAt, editedAt, reactions, from, by } = message;
  const words = texts.conversations;
  const isOurs = direction === "outbound";
  return (
    <li class={`bubble ${direction} ${message.status}`}>
      <button
        type="button"
        class="more"
        aria-label={words.actions.open(messageText(message))}
        onClick={() => onActions(message)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {isGroup && !isOurs && <p class="sender">{names.of(from)}</p>}
      {content.forwarded === true && <p class="hint">{words.forwarded}</p>}
      {content.replyTo && <Quote quoted={content.replyTo} />}
      {deletedAt === null ? (
        <Content message={message} names={names} onOpen={onOpen} />
      ) : (
        <p class="hint">{words.deleted}</p>
      )}
      {reactions.length > 0 && (
        <p class="reactions">
          {reactions.map((reaction) => (
            <span key={reaction.from.id} title={names.of(reaction.from)}>
              {reaction.emoji}
            </span>
          ))}
        </p>
      )}
      <p class="foot">
        {editedAt !== null && deletedAt === null && <span>{words.edited}</span>}
        {isOurs && by === null && <span>{words.byPhone}</span>}
        <TimeOfDay at={message.createdAt} />
        {isOurs && <Ticks status={message.status} />}
      </p>
      <Fate message={message} />
    </li>
  );
}

/** When it is to leave, or why it did not. */
function Fate({ message: { sendAt, status, reason, detail } }: { message: Message }) {
  const words = texts.conversations;
  if (status === "queued" && sendAt !== null) {
    return (
      <p class="fate">
        {words.leavesAt} <TimeOf at={sendAt} />
      </p>
    );
  }
  if (reason === null) return null;
  return (
    <p class="fate failed">
      {words.failed[reason]} {detail !== null && <span class="hint">{detail}</span>}
    </p>
  );
}
