import { Fault } from "#shared/faults/fault.ts";
import type { ApiMiddleware } from "./exchange.ts";
import type { RouteImplementation } from "./implement.ts";

/** API Gateway has matched the route already: its key, like `GET /v1/me`, names it. */
export function findImplementation(implementations: RouteImplementation[]): ApiMiddleware {
  const byKey = new Map(
    implementations.map((found) => [`${found.route.method} ${found.route.path}`, found]),
  );
  return {
    before: ({ event, context }) => {
      const found = byKey.get(event.requestContext.routeKey);
      if (!found) throw new Fault("route_not_found");
      const { exchange } = context;
      exchange.implementation = found;
      exchange.log = exchange.log.child({ route: found.route.name });
    },
  };
}
