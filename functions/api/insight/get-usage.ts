import { readTallies } from "#functions/count/read-tallies.ts";
import { toUsage, totalOf } from "#functions/count/usage.ts";
import { implement } from "#functions/middleware/implement.ts";
import { insightRoutes } from "#shared/routes/insight.ts";
import type { InsightDeps } from "./insight-deps.ts";
import { toPeriod } from "./period.ts";
import { requireOwn } from "./require-own.ts";
import { toCsv } from "./to-csv.ts";

export const getUsage = implement(
  insightRoutes.getUsage,
  async ({ caller, query }, deps: InsightDeps) => {
    const period = toPeriod(query, deps.now());
    await requireOwn(deps, caller, query.sessionId);
    const all = await readTallies(deps, caller, query.sessionId);
    const data = all.flatMap((session) => toUsage(session, period, deps.now()));
    if (query.format === "csv") {
      const raw = Buffer.from(toCsv(data));
      return { status: 200, raw, contentType: "text/csv; charset=utf-8" };
    }
    return { status: 200, body: { data, totals: totalOf(data) } };
  },
);
