import { eventIds } from "#shared/contracts/event.ts";
import type { EventOf, WafleetEvent } from "#shared/contracts/event.ts";
import pMap from "p-map";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { projectEvent } from "./project-event.ts";
import { projectMessageStatuses } from "./project-message-statuses.ts";

/** Subjects that are worked on at a time: they are items of their own. */
const concurrency = 8;

export type Projection = {
  /** Events that a later owner of the session has superseded. */
  superseded: Set<WafleetEvent>;
  /** Ids of messages that were erased before this was told of them. */
  erased: Set<string>;
};

/** Events in order for each message, and for the session; what a message has become is one write. */
export async function projectBatch(
  deps: DispatchDeps,
  events: WafleetEvent[],
  isAgain: boolean,
): Promise<Projection> {
  const projection: Projection = { superseded: new Set(), erased: new Set() };
  const subjects = Object.values(Object.groupBy(events, subjectOf));
  await pMap(subjects, (about = []) => projectInOrder(deps, about, { isAgain, projection }), {
    concurrency,
  });
  return projection;
}

function subjectOf({ sessionId, data }: WafleetEvent): string {
  return ("messageId" in data ? data.messageId : null) ?? sessionId;
}

async function projectInOrder(
  deps: DispatchDeps,
  events: WafleetEvent[],
  { isAgain, projection: { superseded, erased } }: { isAgain: boolean; projection: Projection },
): Promise<void> {
  let statuses: EventOf<"message.status">[] = [];
  const projectStatuses = async () => {
    const [first] = statuses;
    if (!first) return;
    const about = statuses;
    statuses = [];
    const project = () => projectMessageStatuses(deps, about, isAgain);
    if (await ifItFits(deps, first, project)) erased.add(first.data.messageId);
  };
  for (const event of events) {
    if (event.type === "message.status") statuses.push(event);
    else {
      await projectStatuses();
      const projected = await ifItFits(deps, event, () => projectEvent(deps, event));
      if (projected === "superseded") superseded.add(event);
    }
  }
  await projectStatuses();
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
