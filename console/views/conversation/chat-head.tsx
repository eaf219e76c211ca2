import { useMutation, useQueryClient } from "@tanstack/preact-query";
import { Link } from "wouter-preact";
import type { Body } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Chat } from "../../live/chats.ts";
import { fallbackName } from "../../live/contact-names.ts";
import { Menu } from "../../parts/menu.tsx";
import { Problem } from "../../parts/problem.tsx";
import { texts } from "../../texts/texts.ts";

type ChatHeadProps = {
  sessionId: string;
  chat: Chat;
  /** The newest message that came in. */
  newestIn: string | undefined;
};

const muteMs = 8 * 3_600_000;

/** With whom a chat is, and what can be done with it as a whole. */
export function ChatHead({ sessionId, chat, newestIn }: ChatHeadProps) {
  const { api } = useApi();
  const queries = useQueryClient();
  const words = texts.conversations;
  const change = async (body: Body<"changeChat">) => {
    await requireData(
      api.PATCH("/v1/sessions/{sessionId}/chats/{chatId}", {
        params: { path: { sessionId, chatId: chat.id } },
        body,
      }),
    );
    await queries.invalidateQueries({ queryKey: ["chats", sessionId] });
  };
  /** Whoever wrote sees it, and so do the account's own devices. */
  const read = async () => {
    if (newestIn !== undefined) {
      const path = { sessionId, messageId: newestIn };
      await requireData(
        api.POST("/v1/sessions/{sessionId}/messages/{messageId}/read", { params: { path } }),
      );
    }
    await change({ read: true });
  };
  const work = useMutation({ mutationFn: (act: () => Promise<void>) => act() });
  const mutedUntil = new Date(Date.now() + muteMs).toISOString();
  const acts: [string, () => Promise<void>][] = [
    [words.markRead, read],
    [words.markUnread, () => change({ read: false })],
    chat.mutedUntil === null
      ? [words.mute, () => change({ mutedUntil })]
      : [words.unmute, () => change({ mutedUntil: null })],
    chat.archived
      ? [words.unarchive, () => change({ archived: false })]
      : [words.archive, () => change({ archived: true })],
  ];
  const address = fallbackName(chat.id);
  return (
    <header class="thread-head">
      <Link class="to-chats" href={`/sessions/${sessionId}/conversations`}>
        ← {words.toChats}
      </Link>
      <div>
        <h2 id="thread">{chat.name}</h2>
        <p class="hint">
          {chat.isGroup ? words.group : chat.name !== address && address}
          {chat.mutedUntil !== null && ` · ${words.muted}`}
        </p>
      </div>
      <Menu
        label={words.chatActions}
        items={acts.map(([label, act]) => ({ label, onPick: () => work.mutate(act) }))}
      />
      <Problem error={work.error} />
    </header>
  );
}
