import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as eventLog from "#functions/store/event-log.ts";
import * as edges from "#functions/store/log-edges.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { Positions } from "#shared/contracts/socket.ts";
import { compareCursors, parseCursor } from "#shared/cursor.ts";
import { eventRoutes } from "#shared/routes/events.ts";
import type { EventDeps } from "./event-deps.ts";
import { mergeSources } from "./merge-sources.ts";
import { parseToken, toToken } from "./position-token.ts";
import { requireRecovery } from "./require-recovery.ts";

const pollMs = 1_000;

export const listAllEvents = implement(
  eventRoutes.listAllEvents,
  async ({ caller, query }, deps: EventDeps) => {
    const sources = await findSources(deps, caller, query.sessionId);
    const positions = await findPositions(deps, sources, query.after);
    const endsAt = deps.now() + query.wait * 1_000;
    let data: LoggedEvent[] = [];
    for (let isFirst = true; ; isFirst = false) {
      const behind = await findBehind(deps, sources, positions);
      if (isFirst) {
        const { accountId } = caller;
        const reading = { accountId, positions: known(behind, positions) };
        await requireRecovery(deps, reading, (left) =>
          toToken({ ...without(positions, behind), ...left }),
        );
      }
      data = await read(deps, behind, positions, query.limit);
      if (data.length > 0 || query.after === "now" || deps.now() + pollMs > endsAt) break;
      await deps.sleep(pollMs);
    }
    for (const event of data) positions[event.sessionId ?? event.accountId] = event.cursor;
    return { status: 200, body: { data, nextCursor: toToken(positions) } };
  },
);

/** The logs that the caller may read, or the one that is asked for. */
async function findSources(
  { control }: EventDeps,
  caller: Caller,
  sessionId: string | undefined,
): Promise<string[]> {
  if (sessionId !== undefined) {
    return [(await sessions.require(control, caller, sessionId)).sessionId];
  }
  const own = (await sessions.all(control, caller)).map((session) => session.sessionId);
  return boundSession(caller) === undefined ? [...own, caller.accountId] : own;
}

/** Of sources that are there; those that are not named are read from their beginning. */
async function findPositions(
  { messages }: EventDeps,
  sources: string[],
  after: string | undefined,
): Promise<Positions> {
  if (after === "now") return edges.heads(messages, sources);
  const given = after === undefined ? {} : parseToken(after);
  return Object.fromEntries(Object.entries(given).filter(([source]) => sources.includes(source)));
}

/** The sources that hold something after the reader's positions. */
async function findBehind(
  { messages }: EventDeps,
  sources: string[],
  positions: Positions,
): Promise<string[]> {
  const heads = await edges.heads(messages, sources);
  return sources.filter((source) => {
    const [head = edges.logStart, position = edges.logStart] = [heads[source], positions[source]];
    return compareCursors(parseCursor(head), parseCursor(position)) > 0;
  });
}

async function read(
  { messages }: EventDeps,
  behind: string[],
  positions: Positions,
  limit: number,
): Promise<LoggedEvent[]> {
  const data: LoggedEvent[] = [];
  const logs = behind.map((source) => eventLog.anyAfter(messages, source, positions[source]));
  for await (const event of mergeSources(logs)) {
    data.push(event);
    if (data.length === limit) break;
  }
  return data;
}

function known(sources: string[], positions: Positions): Positions {
  return Object.fromEntries(
    sources.flatMap((source) => {
      const position = positions[source];
      return position === undefined ? [] : [[source, position]];
    }),
  );
}

function without(positions: Positions, sources: string[]): Positions {
  const left = Object.entries(positions).filter(([source]) => !sources.includes(source));
  return Object.fromEntries(left);
}
