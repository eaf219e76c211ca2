import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { insightRoutes } from "#shared/routes/insight.ts";
import { getDocs } from "./get-docs.ts";
import { getHealth } from "./get-health.ts";
import { getOpenApi } from "./get-open-api.ts";
import { listAudit } from "./list-audit.ts";

const implementations = { getDocs, getHealth, getOpenApi, listAudit } satisfies Record<
  keyof typeof insightRoutes,
  RouteImplementation<ApiDeps>
>;

export function createInsightApi(deps: ApiDeps): ApiHandler {
  return createApi(implementations, deps);
}
