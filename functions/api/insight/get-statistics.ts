import { readTallies } from "#functions/count/read-tallies.ts";
import { implement } from "#functions/middleware/implement.ts";
import { fromSortable } from "#shared/cursor.ts";
import { insightRoutes } from "#shared/routes/insight.ts";
import { requireOwn } from "./require-own.ts";
import type { InsightDeps } from "./insight-deps.ts";
import { toPeriod } from "./period.ts";

export const getStatistics = implement(
  insightRoutes.getStatistics,
  async ({ caller, query }, deps: InsightDeps) => {
    const { from, to } = toPeriod(query, deps.now());
    await requireOwn(deps, caller, query.sessionId);
    const all = await readTallies(deps, caller, query.sessionId);
    const data = all.flatMap(({ sessionId, tallies }) =>
      tallies
        .filter(({ day }) => day >= from && day <= to)
        .flatMap(({ day, counts }) =>
          Object.entries(counts).map(([name, count]) => ({
            sessionId,
            day,
            ...named(name),
            count,
          })),
        ),
    );
    const cursors = Object.fromEntries(
      all.flatMap(({ sessionId, tallies }) => {
        const last = tallies.at(-1);
        return last ? [[sessionId, fromSortable(last.upTo)]] : [];
      }),
    );
    return { status: 200, body: { data, cursors } };
  },
);

type Direction = "outbound" | "inbound" | "phone";

function named(name: string): { direction: Direction; kind: string; status: string } {
  const [direction, kind = "", status = ""] = name.split(".");
  return { direction: direction as Direction, kind, status };
}
