import type { WafleetEvent } from "#client/events/event.ts";
import type { StreamState } from "#client/events/stream-options.ts";

const most = 200;

/** What has happened since the page was opened, newest first, and whether more can be heard of. */
export type LiveNews = { state: StreamState; events: readonly WafleetEvent[] };

export function createLiveNews() {
  let news: LiveNews = { state: "connecting", events: [] };
  const watchers = new Set<() => void>();
  const hearers = new Set<(event: WafleetEvent) => void>();
  function change(next: Partial<LiveNews>): void {
    news = { ...news, ...next };
    for (const changed of watchers) changed();
  }
  return {
    read: () => news,
    watch: (changed: () => void) => {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
    /** Each event once, from now on. */
    hear: (heard: (event: WafleetEvent) => void) => {
      hearers.add(heard);
      return () => void hearers.delete(heard);
    },
    setState: (state: StreamState) => change({ state }),
    add(event: WafleetEvent): void {
      change({ events: [event, ...news.events.slice(0, most - 1)] });
      for (const heard of hearers) heard(event);
    },
  };
}

export type LiveNewsStore = ReturnType<typeof createLiveNews>;
