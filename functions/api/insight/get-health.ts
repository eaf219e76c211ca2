import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { implement } from "#functions/middleware/implement.ts";
import { insightRoutes } from "#shared/routes/insight.ts";

export const getHealth = implement(insightRoutes.getHealth, async (_call, _deps: ApiDeps) => ({
  status: 200,
  body: { status: "ok" },
}));
