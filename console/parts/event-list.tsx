import type { WafleetEvent } from "#client/events/event.ts";
import { TimeOf } from "./time-of.tsx";

type EventListProps = {
  events: readonly WafleetEvent[];
  /** Names of sessions by their ids, where events of several are listed. */
  names?: ReadonlyMap<string, string>;
};

/** Events, each of which opens to all that it says. */
export function EventList({ events, names }: EventListProps) {
  return (
    <ul class="log" aria-live="polite" aria-relevant="additions">
      {events.map((event) => (
        <li key={event.id}>
          <details>
            <summary>
              <TimeOf at={event.at} isExact /> <code>{event.type}</code>{" "}
              <span class="hint">{names?.get(event.sessionId ?? "") ?? gistOf(event)}</span>
            </summary>
            <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}

/** What an event is about, as far as one word says it. */
function gistOf({ data }: WafleetEvent): string {
  return data !== null && "status" in data ? data.status : "";
}
