// That the log has every event, once and without gaps.
import { parseCursor } from "#shared/cursor.ts";
import type { Outcome } from "./outcome.ts";

export function checkEvents(outcome: Outcome): void {
  const { cluster, log, violations } = outcome;
  const { events } = log;
  for (const [id] of cluster.peer.owed) {
    const count = events.filter(
      ({ type, data }) =>
        type === "message.received" && "whatsappId" in data && data.whatsappId === id,
    ).length;
    if (count !== 1) violations.add("inbound-once", `${id} made ${count} events`);
  }
  const logged = new Set(events.map(({ sessionId, cursor }) => `${sessionId} ${cursor}`));
  for (const { sessionId, event } of cluster.ownership.journaled) {
    if (logged.has(`${sessionId} ${event.cursor}`)) continue;
    const detail = `journaled event ${sessionId} ${event.cursor} is not in the log`;
    violations.add("event-order", detail);
  }
  for (const { data, type } of events) {
    if (type !== "session.status" || data.reason !== "journal_unreadable") continue;
    violations.add("readable", data.detail ?? "");
  }
  checkGaps(outcome);
}

/** An epoch's events are without gaps, unless its owner died or lost the session. */
function checkGaps({ cluster, log, violations }: Outcome): void {
  const places = new Map<string, Set<number>>();
  for (const { sessionId, cursor } of log.events) {
    const { epoch, seq } = parseCursor(cursor);
    const name = `${sessionId} ${epoch}`;
    const known = places.get(name) ?? new Set();
    places.set(name, known.add(seq));
  }
  for (const [name, known] of places) {
    const owner = cluster.ownership.owners.get(name);
    const [sessionId = "", epoch] = name.split(" ");
    const isLast = cluster.ownership.epochOf(sessionId) === Number(epoch);
    if (!owner?.alive || !isLast) continue;
    const most = Math.max(...known);
    if (known.size !== most) violations.add("event-order", `${name} has gaps before ${most}`);
  }
}
