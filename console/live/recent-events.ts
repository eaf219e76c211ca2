import type { WafleetEvent } from "#client/events/event.ts";
import type { StreamState } from "#client/events/stream-options.ts";

const most = 200;

/** What has happened since the page was opened, newest first, and whether more can be heard of. */
export type LiveNews = { state: StreamState; events: readonly WafleetEvent[] };

export function createLiveNews() {
  let news: LiveNews = { state: "connecting", events: [] };
  const watchers = new Set<() => void>();
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
    setState: (state: StreamState) => change({ state }),
    add: (event: WafleetEvent) => change({ events: [event, ...news.events.slice(0, most - 1)] }),
  };
}

export type LiveNewsStore = ReturnType<typeof createLiveNews>;
