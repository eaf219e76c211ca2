import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { insightRoutes } from "#shared/routes/insight.ts";
import { getDocs } from "./get-docs.ts";
import { getHealth } from "./get-health.ts";
import { getOpenApi } from "./get-open-api.ts";
import { getStatistics } from "./get-statistics.ts";
import { getUsage } from "./get-usage.ts";
import type { InsightDeps } from "./insight-deps.ts";
import { listAudit } from "./list-audit.ts";

const implementations = {
  getDocs,
  getHealth,
  getOpenApi,
  getStatistics,
  getUsage,
  listAudit,
} satisfies Record<keyof typeof insightRoutes, RouteImplementation<InsightDeps>>;

export function createInsightApi(deps: InsightDeps): ApiHandler {
  return createApi(implementations, deps);
}
