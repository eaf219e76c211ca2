import { compareCursors } from "./compare-cursors.ts";
import type { NoticeOf, WafleetEvent } from "./event.ts";

/** By source (a session's id or the account's) the cursor of the last event that was dealt with. */
export type Cursors = Record<string, string>;

/** What a connection subscribed from. */
export type Asked = { after: Cursors; from: "now" | "start" };

const start = "0.0";

/**
 * What turns the frames of many connections into each event once, in order within its source: the
 * rules of docs/events.md. A position moves when the next event is asked for, so that an event whose
 * handling fails or is cut short comes again.
 */
export type Positions = ReturnType<typeof createPositions>;

export function createPositions(known: Cursors) {
  const positions = new Map(Object.entries(known));
  const behind = new Set<string>();
  const aside = new Map<string, WafleetEvent[]>();
  let early: NoticeOf<"socket.events">[] | undefined = [];

  const reached = (source: string) => positions.get(source) ?? start;
  const isAbove = (source: string, cursor: string) => compareCursors(cursor, reached(source)) > 0;
  const move = (source: string, cursor: string) => {
    if (isAbove(source, cursor) || !positions.has(source)) positions.set(source, cursor);
  };

  function* handOn(source: string, events: WafleetEvent[]): Generator<WafleetEvent> {
    for (const event of events) {
      if (!isAbove(source, event.cursor)) continue;
      yield event;
      move(source, event.cursor);
    }
  }

  function* events(notice: NoticeOf<"socket.events">): Generator<WafleetEvent> {
    const { source, replay } = notice;
    if (early) early.push(notice);
    else if (replay || !behind.has(source)) yield* handOn(source, notice.events);
    else aside.set(source, [...(aside.get(source) ?? []), ...notice.events]);
  }

  return {
    now: (): Cursors => Object.fromEntries(positions),
    isBehind: () => early !== undefined || behind.size > 0,
    /** A connection begins: nothing that the former one had under way will come. */
    connect(): void {
      early = [];
      behind.clear();
      aside.clear();
    },
    *subscribed(cursors: Cursors, asked: Asked): Generator<WafleetEvent> {
      for (const [source, cursor] of Object.entries(cursors)) {
        const isWhole = asked.from === "start" && cursor === start;
        if (asked.after[source] !== undefined || isWhole) behind.add(source);
        move(source, cursor);
      }
      const held = early ?? [];
      early = undefined;
      for (const notice of held) yield* events(notice);
    },
    events,
    *caughtUp({ source, cursor }: NoticeOf<"socket.caught_up">): Generator<WafleetEvent> {
      move(source, cursor);
      behind.delete(source);
      const held = aside.get(source) ?? [];
      aside.delete(source);
      yield* handOn(source, held);
    },
    /** The positions of sources whose newest events have not come; they are behind from now on. */
    missed(heads: Cursors): Cursors {
      const found = Object.entries(heads)
        .filter(([source, head]) => !behind.has(source) && isAbove(source, head))
        .map(([source]) => [source, reached(source)] as const);
      for (const [source] of found) behind.add(source);
      return Object.fromEntries(found);
    },
  };
}
