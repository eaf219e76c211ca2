// What the dispatcher makes of the events queue: the log that clients read, each event once, and
// the read model that says which messages still wait.
import type { EventBatch, WafleetEvent } from "#shared/contracts/event.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { compareCursors, parseCursor } from "#shared/cursor.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { SimulatedDynamodb } from "./simulated-dynamodb.ts";
import type { SimulatedQueue } from "./simulated-queue.ts";
import type { Violations } from "./violations.ts";
import type { World } from "./world.ts";

export type EventLog = {
  events: WafleetEvent[];
  /**
   * Events that are not in any journal and came from a former owner after its successor's first: a
   * frozen process cannot know better, and nothing refuses them.
   */
  stragglers: WafleetEvent[];
  /** Events that came when their session had another owner, who could not know of them. */
  disowned: Set<WafleetEvent>;
  onEvent(listener: (event: WafleetEvent) => void): void;
};

export function runEventLog(
  world: World,
  queue: SimulatedQueue,
  dynamodb: SimulatedDynamodb,
  violations: Violations,
  epochOf: (sessionId: string) => number,
): EventLog {
  const events: WafleetEvent[] = [];
  const stragglers: WafleetEvent[] = [];
  const disowned = new Set<WafleetEvent>();
  const known = new Map<string, string>();
  const ids = new Set<string>();
  const newest = new Map<string, WafleetEvent>();
  let onEvent: (event: WafleetEvent) => void = () => undefined;

  function take(event: WafleetEvent): void {
    const { id, cursor, sessionId } = event;
    const place = `${sessionId} ${cursor}`;
    const text = JSON.stringify(event);
    const before = known.get(place);
    if (before !== undefined) {
      if (before !== text) violations.add("event-order", `two events at ${place}`);
      return;
    }
    if (ids.has(id)) violations.add("event-order", `two events are ${id}`);
    const last = newest.get(sessionId);
    let isNewest = true;
    const isLate = last && compareCursors(parseCursor(last.cursor), parseCursor(cursor)) > 0;
    if (parseCursor(cursor).epoch < epochOf(sessionId)) disowned.add(event);
    if (isLate && isStraggler(event)) {
      stragglers.push(event);
      isNewest = false;
    } else if (isLate) {
      violations.add("event-order", `${describe(event)} comes after ${describe(last)}`);
    } else newest.set(sessionId, event);
    known.set(place, text);
    ids.add(id);
    events.push(event);
    world.note(`log: ${describe(event)}`);
    project(event);
    // As in the real read model, an old status changes nothing.
    if (isNewest) onEvent(event);
  }

  function isStraggler({ cursor, sessionId, type }: WafleetEvent): boolean {
    return parseCursor(cursor).epoch < epochOf(sessionId) && type !== "message.received";
  }

  function project(event: WafleetEvent): void {
    if (event.type !== "message.status") return;
    const { messageId, status } = event.data;
    const item = dynamodb.find("messages", messageKey(event.sessionId, messageId));
    if (!item || Number(item["rank"]) >= statusRank[status]) return;
    const { parkedIn: _parkedIn, dueIn: _dueIn, dueAt: _dueAt, ...rest } = item;
    dynamodb.put("messages", { ...rest, status, rank: statusRank[status] });
  }

  async function run(): Promise<void> {
    for (;;) {
      for (const { body, handle } of await queue.receive(10, 1_000_000)) {
        const batch = JSON.parse(body) as EventBatch;
        await new Promise<void>((resolve) => {
          world.after(world.random.next() * 30, undefined, resolve);
        });
        for (const event of batch.events) take(event);
        queue.remove(handle ?? "");
      }
    }
  }
  void run();

  return { events, stragglers, disowned, onEvent: (listener) => (onEvent = listener) };
}

function describe(event: WafleetEvent): string {
  const { type, cursor, data } = event;
  const status = "status" in data ? ` ${data.status}` : "";
  const about = "whatsappId" in data ? ` ${data.whatsappId}` : "";
  const reason = "reason" in data && data.reason ? ` (${data.reason})` : "";
  return `${event.sessionId.slice(-4)} ${cursor} ${type}${status}${about}${reason}`;
}
