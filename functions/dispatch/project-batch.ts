import type { EventOf, WafleetEvent } from "#shared/contracts/event.ts";
import pMap from "p-map";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { projectEvent } from "./project-event.ts";
import { projectMessageStatuses } from "./project-message-statuses.ts";

/** Subjects that are worked on at a time: they are items of their own. */
const concurrency = 8;

/**
 * Events in order for each message, and for the session; what a message has become is one write.
 * Gives those that a later owner of the session has superseded.
 */
export async function projectBatch(
  deps: DispatchDeps,
  events: WafleetEvent[],
  isAgain: boolean,
): Promise<Set<WafleetEvent>> {
  const subjects = Object.values(Object.groupBy(events, subjectOf));
  const superseded = await pMap(subjects, (about = []) => projectInOrder(deps, about, isAgain), {
    concurrency,
  });
  return new Set(superseded.flat());
}

function subjectOf({ sessionId, data }: WafleetEvent): string {
  return ("messageId" in data ? data.messageId : null) ?? sessionId;
}

async function projectInOrder(
  deps: DispatchDeps,
  events: WafleetEvent[],
  isAgain: boolean,
): Promise<WafleetEvent[]> {
  const superseded: WafleetEvent[] = [];
  let statuses: EventOf<"message.status">[] = [];
  for (const event of events) {
    if (event.type === "message.status") statuses.push(event);
    else {
      await projectMessageStatuses(deps, statuses, isAgain);
      statuses = [];
      if ((await projectEvent(deps, event)) === "superseded") superseded.push(event);
    }
  }
  await projectMessageStatuses(deps, statuses, isAgain);
  return superseded;
}
