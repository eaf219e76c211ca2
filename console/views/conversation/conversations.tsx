import { useLocation } from "wouter-preact";
import { emptyChat } from "../../live/chats.ts";
import { useChats } from "../../live/use-chats.ts";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { texts } from "../../texts/texts.ts";
import { ChatList } from "./chat-list.tsx";
import { Conversation } from "./conversation.tsx";
import "../../style/messages.css";

type ConversationsProps = { sessionId: string; opened: string | undefined };

/** Who wrote with a session, and what; the chat that is open is in the page's address. */
export function Conversations({ sessionId, opened }: ConversationsProps) {
  const { chats, error } = useChats(sessionId);
  const [, go] = useLocation();
  if (!chats) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const open = (chat: string) => go(`/sessions/${sessionId}/conversations/${chat}`);
  const chat =
    opened === undefined ? undefined : (chats.find(({ id }) => id === opened) ?? emptyChat(opened));
  return (
    <div class={chat ? "conversations open" : "conversations"}>
      <ChatList sessionId={sessionId} chats={chats} opened={opened} onOpen={open} />
      {chat ? (
        <Conversation key={chat.id} sessionId={sessionId} chat={chat} onOpen={open} />
      ) : (
        <div class="thread nothing">
          <Empty title={texts.conversations.pick} about={texts.conversations.pickAbout} />
        </div>
      )}
    </div>
  );
}
