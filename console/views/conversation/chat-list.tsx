import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Chat } from "../../live/chats.ts";
import { messageText } from "../../live/message-text.ts";
import { Empty } from "../../parts/empty.tsx";
import { Field } from "../../parts/field.tsx";
import { Ticks } from "../../parts/ticks.tsx";
import { ShortTime } from "../../parts/time-of.tsx";
import { texts } from "../../texts/texts.ts";
import { NewChat } from "./new-chat.tsx";

type ChatListProps = {
  sessionId: string;
  chats: readonly Chat[];
  opened: string | undefined;
  onOpen: (chat: string) => void;
};

/** All chats, the one that moved last first; archived ones apart. */
export function ChatList({ sessionId, chats, opened, onOpen }: ChatListProps) {
  const [wanted, setWanted] = useState("");
  const [isArchive, showArchive] = useState(false);
  const words = texts.conversations;
  const needle = wanted.trim().toLowerCase();
  const digits = needle.replaceAll(/\D/g, "");
  const fits = ({ name, id, archived }: Chat) => {
    if (needle === "") return archived === isArchive;
    return name.toLowerCase().includes(needle) || (digits !== "" && id.includes(digits));
  };
  const shown = chats.filter(fits);
  const archived = chats.filter((chat) => chat.archived).length;
  return (
    <nav class="chats" aria-label={words.chats}>
      {chats.length === 0 ? (
        <Empty title={words.none} about={words.noneAbout} />
      ) : (
        <Field
          label={words.search}
          type="search"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {chats.length > 0 && shown.length === 0 && <p class="hint">{words.noneFits}</p>}
      <ul>
        {shown.map((chat) => (
          <li key={chat.id}>
            <ChatRow sessionId={sessionId} chat={chat} isOpened={chat.id === opened} />
          </li>
        ))}
      </ul>
      {archived > 0 && needle === "" && (
        <button type="button" class="link" onClick={() => showArchive(!isArchive)}>
          {isArchive ? words.hideArchived : words.showArchived(archived)}
        </button>
      )}
      <NewChat onOpen={onOpen} />
    </nav>
  );
}

type ChatRowProps = { sessionId: string; chat: Chat; isOpened: boolean };

function ChatRow({ sessionId, chat, isOpened }: ChatRowProps) {
  const { id, name, last, waiting, isMarked, mutedUntil } = chat;
  const words = texts.conversations;
  const isUnread = !isOpened && (waiting > 0 || isMarked);
  return (
    <Link
      href={`/sessions/${sessionId}/conversations/${id}`}
      class={isUnread ? "chat unread" : "chat"}
      aria-current={isOpened ? "true" : undefined}
    >
      <strong>{name}</strong>
      {last && <ShortTime at={last.createdAt} />}
      <span class="last">
        {last?.direction === "outbound" && (
          <span aria-hidden="true">
            <Ticks status={last.status} />{" "}
          </span>
        )}
        {last ? messageText(last) : ""}
      </span>
      <span class="marks">
        {mutedUntil !== null && <span>{words.muted}</span>}
        {!isOpened && waiting > 0 && (
          <span class="count" role="img" aria-label={words.waiting(waiting)}>
            {waiting}
          </span>
        )}
        {!isOpened && waiting === 0 && isMarked && (
          <span class="count" role="img" aria-label={words.markedUnread}>
            ●
          </span>
        )}
      </span>
    </Link>
  );
}
