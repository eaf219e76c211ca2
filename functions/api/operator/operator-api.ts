import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { operatorRoutes } from "#shared/routes/operator.ts";
import { getAccount } from "./get-account.ts";
import { getFleetHealth } from "./get-fleet-health.ts";
import type { OperatorDeps } from "./operator-deps.ts";
import { setTier } from "./set-tier.ts";

const implementations = { getAccount, setTier, getFleetHealth } satisfies Record<
  keyof typeof operatorRoutes,
  RouteImplementation<OperatorDeps>
>;

export function createOperatorApi(deps: OperatorDeps): ApiHandler {
  return createApi(implementations, deps);
}
