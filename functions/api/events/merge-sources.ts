import type { LoggedEvent } from "#shared/contracts/account-event.ts";

/**
 * Events of several sources by their times, as far as each source's own order allows: that one is
 * kept whatever the times say.
 */
export async function* mergeSources(
  sources: AsyncGenerator<LoggedEvent>[],
): AsyncGenerator<LoggedEvent> {
  const heads = await Promise.all(
    sources.map(async (source) => ({ source, next: await source.next() })),
  );
  for (;;) {
    let first: { head: (typeof heads)[number]; event: LoggedEvent } | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      const event = head.next.value;
      if (!first || event.at < first.event.at) first = { head, event };
    }
    if (!first) return;
    yield first.event;
    first.head.next = await first.head.source.next();
  }
}
