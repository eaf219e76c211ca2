import type { WafleetClient } from "#client/create-client.ts";
import type { EventOf, EventType, WafleetEvent } from "#client/events/event.ts";
import { openEventStream } from "#client/events/open-event-stream.ts";
import { DemoError } from "./demo-error.ts";

const usualLimitMs = 30_000;
const shown = 6;

/** Events as they come over the WebSocket, with patience for those that are still to come. */
export type EventInbox = Disposable & {
  /** The first event, past or to come, that matches. */
  find<Type extends EventType>(
    type: Type,
    matches: (event: EventOf<Type>) => boolean,
  ): Promise<EventOf<Type>>;
};

/** Resolves when nothing that happens from now on can be missed. */
export async function openEventInbox(
  socketUrl: string,
  api: WafleetClient,
  limitMs = usualLimitMs,
): Promise<EventInbox> {
  const events: WafleetEvent[] = [];
  const watchers = new Set<() => void>();
  let isLive = false;
  let closed = "";
  const wake = () => {
    for (const look of watchers) look();
  };
  const take = (...more: WafleetEvent[]) => {
    events.push(...more);
    wake();
  };
  const stream = openEventStream(api, {
    socketUrl,
    onEvent: (event) => take(event),
    onSnapshot: (present) => take(...present),
    onState: (state) => {
      isLive ||= state === "live";
      wake();
    },
  });
  stream.ended.catch((error: unknown) => {
    closed = String(error);
    wake();
  });

  /** What `pick` finds, as soon as it is there. */
  function wait<Found>(what: string, pick: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(limit);
        watchers.delete(look);
      };
      const fail = (why: string) => {
        end();
        reject(new DemoError(`no ${what} over the WebSocket: ${why}\n${summary(events)}`));
      };
      const look = () => {
        const found = pick();
        if (found === undefined) return closed === "" ? undefined : fail(closed);
        end();
        resolve(found);
      };
      const limit = setTimeout(() => fail(`waited ${limitMs / 1000} s`), limitMs);
      watchers.add(look);
      look();
    });
  }

  await wait("subscription", () => (isLive ? true : undefined));
  return {
    find: <Type extends EventType>(type: Type, matches: (event: EventOf<Type>) => boolean) =>
      wait(type, () =>
        events.find((event): event is EventOf<Type> => {
          return event.type === type && matches(event as EventOf<Type>);
        }),
      ),
    [Symbol.dispose]: () => stream.close(),
  };
}

function summary(events: WafleetEvent[]): string {
  if (events.length === 0) return "nothing came at all";
  const last = events.slice(-shown).map((event) => `  ${JSON.stringify(event).slice(0, 300)}`);
  return `${events.length} came, the last of them:\n${last.join("\n")}`;
}
