import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { Table } from "#functions/store/items.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as tallies from "#functions/store/tallies.ts";
import pMap from "p-map";
import { countRest } from "./count-rest.ts";
import type { Tally } from "./tally.ts";

const concurrency = 8;

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
  return pMap(
    new Set([...bySession.keys(), ...asked]),
    async (id) => {
      const days = bySession.get(id) ?? [];
      const newest = { begun: days.at(-1), isGone: !own.includes(id) };
      const counted = await countRest(messages, { accountId, sessionId: id }, newest);
      return { sessionId: id, tallies: [...days.slice(0, -1), ...counted] };
    },
    { concurrency },
  );
}
