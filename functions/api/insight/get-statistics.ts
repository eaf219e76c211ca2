import { encodePageCursor, parsePageCursor } from "#functions/api/page-cursor.ts";
import { readPeriod } from "#functions/count/read-period.ts";
import type { SessionTallies } from "#functions/count/read-tallies.ts";
import { implement } from "#functions/middleware/implement.ts";
import { mostStatisticsDays } from "#shared/contracts/insight.ts";
import { fromSortable } from "#shared/cursor.ts";
import { idPrefixes } from "#shared/ids.ts";
import { insightRoutes } from "#shared/routes/insight.ts";
import { requireOwn } from "./require-own.ts";
import type { InsightDeps } from "./insight-deps.ts";
import { toPeriod } from "./period.ts";

/** Of a page: Lambda answers with 6 MB at the most. A session alone may have more. */
const mostRows = 20_000;

/** A page of sessions, each with all of its days that are asked for. */
export const getStatistics = implement(
  insightRoutes.getStatistics,
  async ({ caller, query }, deps: InsightDeps) => {
    const { from, to } = toPeriod(query, deps.now(), mostStatisticsDays);
    const { sessionId, limit, cursor } = query;
    await requireOwn(deps, caller, sessionId);
    const list = `statistics#${caller.accountId}`;
    const after = cursor === undefined ? cursor : parsePageCursor(cursor, list, idPrefixes.session);
    const { page, more } = await readPeriod(deps, caller, { from, to, sessionId, after, limit });
    const data: Row[] = [];
    const shown: SessionTallies[] = [];
    for (const session of page) {
      const rows = rowsOf(session, from, to);
      if (shown.length > 0 && data.length + rows.length > mostRows) break;
      data.push(...rows);
      shown.push(session);
    }
    const cursors = Object.fromEntries(
      shown.flatMap(({ sessionId: id, tallies }) => {
        const last = tallies.at(-1);
        return last ? [[id, fromSortable(last.upTo)]] : [];
      }),
    );
    const last = shown.at(-1);
    const goesOn = last && (more || shown.length < page.length);
    const nextCursor = goesOn ? encodePageCursor(list, last.sessionId) : null;
    return { status: 200, body: { data, cursors, nextCursor } };
  },
);

type Direction = "outbound" | "inbound" | "phone";

type Row = {
  sessionId: string;
  day: string;
  direction: Direction;
  kind: string;
  status: string;
  count: number;
};

function rowsOf({ sessionId, tallies }: SessionTallies, from: string, to: string): Row[] {
  return tallies
    .filter(({ day }) => day >= from && day <= to)
    .flatMap(({ day, counts }) =>
      Object.entries(counts).map(([name, count]) => ({ sessionId, day, ...named(name), count })),
    );
}

function named(name: string): { direction: Direction; kind: string; status: string } {
  const [direction, kind = "", status = ""] = name.split(".");
  return { direction: direction as Direction, kind, status };
}
