import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { Table } from "#functions/store/items.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as tallies from "#functions/store/tallies.ts";
import pMap from "p-map";
import { countRest } from "./count-rest.ts";
import type { SessionTallies } from "./read-tallies.ts";

const concurrency = 16;

export type Reading = {
  /** Days, both included. */
  from: string;
  to: string;
  sessionId: string | undefined;
  /** The last session of the page before. */
  after: string | undefined;
  /** Sessions of a page. */
  limit: number;
};

/**
 * What is counted in a period of some of the sessions that a caller may see, deleted ones too, by their
 * ids; and whether there are more. Two or three small reads a session, and those of the days asked for.
 */
export async function readPeriod(
  { control, messages }: { control: Table; messages: Table },
  caller: Caller,
  { from, to, sessionId = boundSession(caller), after, limit }: Reading,
): Promise<{ page: SessionTallies[]; more: boolean }> {
  const { accountId } = caller;
  const all = (await sessions.all(control, caller)).map((session) => session.sessionId);
  const own = new Set(all);
  const found =
    sessionId === undefined
      ? await findCounted(messages, accountId, { own: all.toSorted(), after, limit: limit + 1 })
      : [sessionId];
  const page = await pMap(
    found.slice(0, limit),
    async (id): Promise<SessionTallies> => {
      const owner = { accountId, sessionId: id };
      const begun = await tallies.newest(messages, owner);
      const counted = await countRest(messages, owner, { begun, isGone: !own.has(id) });
      const before =
        begun && begun.day > from ? await tallies.ofPeriod(messages, owner, from, to) : [];
      const former = before.filter(({ day }) => day !== begun?.day);
      return { sessionId: id, tallies: [...former, ...counted] };
    },
    { concurrency },
  );
  return { page, more: found.length > limit };
}

/** The next sessions in the order of their ids. Nothing lists deleted ones: they lie between the others. */
async function findCounted(
  messages: Table,
  accountId: string,
  { own, after, limit }: { own: string[]; after: string | undefined; limit: number },
): Promise<string[]> {
  const next = own.filter((id) => after === undefined || id > after).slice(0, limit);
  const isAll = next.length < limit;
  const ends = isAll ? [...next, undefined] : next;
  const between = await pMap(
    ends,
    (end, index) =>
      tallies.sessionsBetween(messages, accountId, {
        after: index === 0 ? after : ends[index - 1],
        before: end,
        limit,
      }),
    { concurrency },
  );
  return [...next, ...between.flat()].toSorted().slice(0, limit);
}
