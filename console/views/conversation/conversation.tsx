import { useEffect, useRef, useState } from "preact/hooks";
import type { Chat, Message } from "../../live/chats.ts";
import { isNote } from "../../live/chats.ts";
import { seenChats } from "../../live/seen-chats.ts";
import { useNames } from "../../live/use-chats.ts";
import { useThread } from "../../live/use-thread.ts";
import { Problem } from "../../parts/problem.tsx";
import { texts } from "../../texts/texts.ts";
import { ChatHead } from "./chat-head.tsx";
import { Composer } from "./composer.tsx";
import { MessageDialog } from "./message-dialog.tsx";
import { Offline } from "./offline.tsx";
import { Thread } from "./thread.tsx";
import { useMembers } from "./use-members.ts";
import { useSend } from "./use-send.ts";

type ConversationProps = { sessionId: string; chat: Chat; onOpen: (chat: string) => void };

/** One chat: what was said, and a line to answer. */
export function Conversation({ sessionId, chat, onOpen }: ConversationProps) {
  const thread = useThread(sessionId, chat.id);
  const members = useMembers(sessionId, chat);
  const names = useNames(sessionId, members);
  const send = useSend(sessionId, chat.id, thread.show);
  const [replyTo, setReplyTo] = useState<Message>();
  const [picked, pick] = useState<Message>();
  const element = useRef<HTMLElement>(null);
  // On a phone the chat takes the whole window.
  useEffect(() => element.current?.scrollIntoView({ block: "nearest" }), []);
  const shown = thread.messages?.filter(isShown);
  const newestIn = shown?.find(({ direction }) => direction === "inbound");
  useEffect(() => {
    if (newestIn) seenChats.keep(sessionId, chat.id, newestIn.createdAt);
  }, [sessionId, chat.id, newestIn]);
  const current = thread.messages?.find(({ id }) => id === picked?.id);
  return (
    <section class="thread" ref={element} aria-labelledby="thread">
      <ChatHead sessionId={sessionId} chat={chat} newestIn={newestIn?.id} />
      <Problem error={thread.error} />
      {shown ? (
        <Thread
          chat={chat.id}
          isGroup={chat.isGroup}
          messages={shown}
          names={names}
          older={{ has: thread.hasOlder, isLoading: thread.isLoadingOlder, load: thread.older }}
          onActions={pick}
          onOpen={onOpen}
        />
      ) : (
        <div class="thread-scroll">{!thread.error && <p role="status">{texts.loading}</p>}</div>
      )}
      <Offline sessionId={sessionId} />
      <Composer
        members={members}
        names={names}
        replyTo={replyTo}
        onNoReply={() => setReplyTo(undefined)}
        send={send}
      />
      {current && (
        <MessageDialog
          message={current}
          shown={thread.show}
          send={send}
          onReply={(message) => {
            setReplyTo(message);
            pick(undefined);
          }}
          onClose={() => pick(undefined)}
        />
      )}
    </section>
  );
}

/** A reaction, an edit or a deletion shows at its message, unless it did not get there. */
function isShown(message: Message): boolean {
  return !isNote(message) || message.reason !== null;
}
