import { useState } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { nameOf, toChats } from "../live/chats.ts";
import { messageText } from "../live/message-text.ts";
import { usePages } from "../live/use-pages.ts";
import { ActionButton } from "../parts/action-button.tsx";
import { Problem } from "../parts/problem.tsx";
import { texts } from "../texts/texts.ts";
import { Conversation } from "./conversation.tsx";
import { NewChat } from "./new-chat.tsx";

/** Who wrote with a session, and what. */
export function Conversations({ sessionId }: { sessionId: string }) {
  const { api } = useApi();
  const [opened, open] = useState<string | undefined>();
  const { items, error, hasMore, more } = usePages(
    ["messages", sessionId, "pages"],
    (query) =>
      requireData(
        api.GET("/v1/sessions/{sessionId}/messages", { params: { path: { sessionId }, query } }),
      ),
    100,
  );
  if (!items) return error ? <Problem error={error} /> : <p role="status">{texts.loading}</p>;
  const chats = toChats(items);
  const chat = chats.find(({ id }) => id === opened);
  return (
    <div class="conversations">
      <nav class="chats" aria-label={texts.conversations.chats}>
        {chats.length === 0 && <p>{texts.conversations.none}</p>}
        <ul>
          {chats.map(({ id, name, last }) => (
            <li key={id}>
              <button
                type="button"
                aria-current={id === opened ? "true" : undefined}
                onClick={() => open(id)}
              >
                <strong>{name}</strong>
                <span class="hint">{messageText(last)}</span>
              </button>
            </li>
          ))}
        </ul>
        {hasMore && <ActionButton label={texts.conversations.older} onPress={more} />}
        <NewChat onOpen={open} />
      </nav>
      {opened !== undefined && (
        <Conversation
          key={opened}
          sessionId={sessionId}
          to={opened}
          name={chat?.name ?? nameOf(opened)}
          messages={chat?.messages ?? []}
        />
      )}
    </div>
  );
}
