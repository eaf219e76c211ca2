import { useInfiniteQuery, useQueryClient } from "@tanstack/preact-query";
import { useEffect, useRef } from "preact/hooks";
import type { WafleetEvent } from "#client/events/event.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { keptAddress } from "./contact-names.ts";
import { useEvents } from "./live-provider.tsx";
import { newestFirst } from "./newest-first.ts";
import { withMessages } from "./thread-pages.ts";
import type { ThreadPages } from "./thread-pages.ts";

const pageSize = 40;
/** What happens in one moment is read together. */
const gatherMs = 150;

/**
 * One chat's messages, newest first, page by page. An event has the one message read again that it
 * is about: pages that were loaded long ago are not asked for each time.
 */
export function useThread(sessionId: string, chat: string) {
  const { api } = useApi();
  const queries = useQueryClient();
  const queryKey = ["threads", sessionId, chat];
  const path = { sessionId };
  const found = useInfiniteQuery({
    queryKey,
    staleTime: Infinity,
    // While nobody looks, nobody listens: it is read anew the next time.
    gcTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => {
      const query = { chat, limit: pageSize, ...(cursor !== undefined && { cursor }) };
      return requireData(api.GET("/v1/sessions/{sessionId}/messages", { params: { path, query } }));
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

  async function readAgain(ids: readonly string[]): Promise<void> {
    const messages = await Promise.all(
      ids.map((messageId) =>
        requireData(
          api.GET("/v1/sessions/{sessionId}/messages/{messageId}", {
            params: { path: { sessionId, messageId } },
          }),
        ),
      ),
    );
    const own = messages.filter((message) => message.chat === chat);
    // Pages that are on their way began without it, and would take its place.
    while (queries.isFetching({ queryKey }) > 0) {
      await new Promise((resolve) => setTimeout(resolve, gatherMs));
    }
    queries.setQueryData<ThreadPages>(queryKey, (pages) => pages && withMessages(pages, own));
  }

  const messages = found.data?.pages.flatMap(({ data }) => data).toSorted(newestFirst);
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvents((event) => {
    const messageId = event.sessionId === sessionId ? messageOf(event, chat) : undefined;
    if (messageId === undefined) return;
    waiting.current.add(messageId);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const ids = [...waiting.current];
      waiting.current.clear();
      // Whatever cannot be read one by one is read as a whole.
      readAgain(ids).catch(() => void queries.invalidateQueries({ queryKey }));
    }, gatherMs);
  });

  return {
    messages,
    error: found.error,
    hasOlder: found.hasNextPage,
    isLoadingOlder: found.isFetchingNextPage,
    older: () => found.fetchNextPage(),
    /** Shows a message that was just accepted or changed. */
    show: (messageId: string) => readAgain([messageId]),
  };
}

/** The message of this chat that an event is about. */
function messageOf({ type, data }: WafleetEvent, chat: string): string | undefined {
  if (type === "message.media") return data.messageId;
  if (type === "message.status") return data.to === chat ? data.messageId : undefined;
  if (!("messageId" in data) || !("chat" in data) || typeof data.chat !== "object")
    return undefined;
  return keptAddress(data.chat) === chat ? (data.messageId ?? undefined) : undefined;
}
