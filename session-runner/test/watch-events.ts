import type { SQSClient } from "@aws-sdk/client-sqs";
import type { EventOf, EventType, WafleetEvent } from "#shared/contracts/event.ts";
import { collectEvents } from "#test/chaos/stage/collect-events.ts";

/** Milliseconds that any one condition may take on a slow machine. */
const patience = 40_000;

/**
 * What a fleet says, and ways to wait for it.
 * @param logs of its processes, whose last lines say more when it is waited for in vain
 */
export function watchEvents(queue: SQSClient, queueUrl: string, logs: readonly string[]) {
  const events: WafleetEvent[] = [];
  const seen = new Set<string>();
  const watchers = new Set<() => void>();

  /** As the dispatcher does: an event that comes again under its cursor counts once. */
  function take(batch: WafleetEvent[]): void {
    for (const event of batch) {
      const name = `${event.sessionId} ${event.cursor}`;
      if (!seen.has(name)) events.push(event);
      seen.add(name);
    }
    for (const look of watchers) look();
  }

  async function waitFor<T extends EventType>(
    type: T,
    matches: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    const find = () =>
      events.find(
        (event): event is EventOf<T> => event.type === type && matches(event as EventOf<T>),
      );
    const found = find();
    if (found) return found;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(look);
        const last = events.slice(-8).map((event) => JSON.stringify([event.type, event.data]));
        reject(
          new Error(`no ${type} as wanted; last:\n${last.join("\n")}\n${logs.slice(-15).join("")}`),
        );
      }, patience);
      function look(): void {
        const event = find();
        if (!event) return;
        clearTimeout(timer);
        watchers.delete(look);
        resolve(event);
      }
      watchers.add(look);
    });
  }

  const { stop } = collectEvents(queue, queueUrl, take);
  return { events, waitFor, stop };
}
