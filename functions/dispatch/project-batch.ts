import { eventIds } from "#shared/contracts/event.ts";
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
      await projectStatuses(deps, statuses, isAgain);
      statuses = [];
      const projected = await ifItFits(deps, event, () => projectEvent(deps, event));
      if (projected === "superseded") superseded.push(event);
    }
  }
  await projectStatuses(deps, statuses, isAgain);
  return superseded;
}

async function projectStatuses(
  deps: DispatchDeps,
  statuses: EventOf<"message.status">[],
  isAgain: boolean,
): Promise<void> {
  const [first] = statuses;
  if (!first) return;
  await ifItFits(deps, first, () => projectMessageStatuses(deps, statuses, isAgain));
}

/**
 * People can say more about one message than an item holds. What does not fit is told to who follows,
 * and left out of the item: it must not hold up the session.
 */
async function ifItFits<Result>(
  { log }: DispatchDeps,
  event: WafleetEvent,
  project: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await project();
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    log.warn(eventIds(event), "item is full: what the event says was not added to it");
    return undefined;
  }
}

function isTooLarge(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== "ValidationException") return false;
  return error.message.includes("exceeded the maximum allowed size");
}
