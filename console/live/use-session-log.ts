import { useInfiniteQuery } from "@tanstack/preact-query";
import { useEffect } from "preact/hooks";
import { compareCursors } from "#client/events/compare-cursors.ts";
import type { WafleetEvent } from "#client/events/event.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { useLiveNews } from "./live-provider.tsx";

const limit = 500;
/** Pages come oldest first: so many are read to get to the newest without being asked. */
const mostPages = 4;

/** What the log has of a session and what happens meanwhile, newest first. */
export function useSessionLog(sessionId: string) {
  const { api } = useApi();
  const { events: news } = useLiveNews();
  const log = useInfiniteQuery({
    queryKey: ["session-log", sessionId],
    initialPageParam: undefined as string | undefined,
    staleTime: Infinity,
    queryFn: ({ pageParam: after }) =>
      requireData(
        api.GET("/v1/sessions/{sessionId}/events", {
          params: { path: { sessionId }, query: { limit, ...(after !== undefined && { after }) } },
        }),
      ),
    getNextPageParam: ({ data, nextCursor }) =>
      data.length < limit ? undefined : (nextCursor ?? undefined),
  });
  const { hasNextPage, isFetching, error } = log;
  const pages = log.data?.pages ?? [];
  const isEarly = hasNextPage && pages.length < mostPages;
  useEffect(() => {
    if (isEarly && !isFetching && !error) void log.fetchNextPage();
  }, [isEarly, isFetching, error]);
  const logged: WafleetEvent[] = pages.flatMap(({ data }) => data);
  const last = logged.at(-1)?.cursor;
  const fresh = news.filter(
    (event) =>
      event.sessionId === sessionId &&
      (last === undefined || compareCursors(event.cursor, last) > 0),
  );
  return {
    // While later pages are not read, what happens now would stand beside what it does not follow.
    events: hasNextPage ? logged.toReversed() : [...fresh, ...logged.toReversed()],
    isReading: log.isPending || isEarly,
    hasMore: hasNextPage,
    more: () => log.fetchNextPage(),
    error,
  };
}
