import { useQueryClient } from "@tanstack/preact-query";
import { createContext } from "preact";
import type { ComponentChildren } from "preact";
import { useSyncExternalStore } from "preact/compat";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "#client/api-error.ts";
import type { WafleetEvent } from "#client/events/event.ts";
import { openEventStream } from "#client/events/open-event-stream.ts";
import { useApi } from "../access/use-api.ts";
import { createLiveNews } from "./recent-events.ts";
import type { LiveNews, LiveNewsStore } from "./recent-events.ts";
import { staleKeys } from "./stale-keys.ts";
import { pairingCodeKey } from "./use-pairing-code.ts";

const NewsContext = createContext<LiveNewsStore | undefined>(undefined);
/** Many events of one moment are one look at the API. */
const gatherMs = 150;
/** People look on: a dead connection is to be noticed soon. */
const heartbeatMs = 60_000;

/** Follows what happens as long as somebody is signed in, and has views read again what changed. */
export function LiveProvider({ children }: { children: ComponentChildren }) {
  const { api, places, signIn } = useApi();
  const queries = useQueryClient();
  const [news] = useState(createLiveNews);
  useEffect(() => {
    const stale = new Map<string, string[]>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    function refresh(): void {
      timer = undefined;
      for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey });
      stale.clear();
    }
    function keepCode({ type, sessionId, data }: WafleetEvent): void {
      if (type === "session.pairing_code") queries.setQueryData(pairingCodeKey(sessionId), data);
    }
    const stream = openEventStream(api, {
      socketUrl: places.socketUrl,
      timing: { heartbeatMs, maxWaitMs: 10_000 },
      onEvent(event) {
        news.add(event);
        keepCode(event);
        for (const key of staleKeys(event)) stale.set(key.join(" "), key);
        timer ??= setTimeout(refresh, gatherMs);
      },
      onSnapshot: (events) => events.forEach(keepCode),
      onState(state) {
        news.setState(state);
        if (state === "live") void queries.invalidateQueries();
      },
    });
    stream.ended.catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) signIn.end();
    });
    return () => {
      clearTimeout(timer);
      stream.close();
    };
  }, [api, places, signIn, queries, news]);
  return <NewsContext.Provider value={news}>{children}</NewsContext.Provider>;
}

export function useLiveNews(): LiveNews {
  const news = useNews();
  return useSyncExternalStore(news.watch, news.read);
}

/** Calls with each event as it comes. */
export function useEvents(heard: (event: WafleetEvent) => void): void {
  const news = useNews();
  const latest = useRef(heard);
  latest.current = heard;
  useEffect(() => news.hear((event) => latest.current(event)), [news]);
}

function useNews(): LiveNewsStore {
  const news = useContext(NewsContext);
  if (!news) throw new Error("this view is not inside the console");
  return news;
}
