import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { Table } from "#functions/store/items.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as tallies from "#functions/store/tallies.ts";
import pMap from "p-map";
import { readAfter } from "./fold-session.ts";
import { tallyEvents, dayMs, dayOf } from "./tally.ts";
import type { Tally } from "./tally.ts";

const concurrency = 8;
/** By then, whatever a session has left uncounted is counted. */
const settledAfterDays = 5;

export type SessionTallies = { sessionId: string; tallies: Tally[] };

/** Everything that is counted of the sessions that a caller may see, up to this moment. */
export async function readTallies(
  { control, messages }: { control: Table; messages: Table },
  caller: Caller,
  sessionId: string | undefined = boundSession(caller),
): Promise<SessionTallies[]> {
  const { accountId } = caller;
  const stored = await tallies.ofAccount(messages, accountId, sessionId);
  const own = (await sessions.all(control, caller)).map((session) => session.sessionId);
  const asked = sessionId === undefined ? own : own.filter((id) => id === sessionId);
  const bySession = Map.groupBy(stored, (item) => item.sessionId);
  const since = dayOf(messages.now() - settledAfterDays * dayMs);
  return pMap(
    new Set([...bySession.keys(), ...asked]),
    async (id) => {
      const days = bySession.get(id) ?? [];
      const begun = days.at(-1);
      // Of a session that is gone nothing more comes.
      if (!own.includes(id) && begun && begun.day < since) return { sessionId: id, tallies: days };
      const rest = await readAfter(messages, { accountId, sessionId: id }, begun);
      const counted = tallyEvents(begun, rest);
      return { sessionId: id, tallies: [...days.slice(0, -1), ...counted] };
    },
    { concurrency },
  );
}
