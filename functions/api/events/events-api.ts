import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { eventRoutes } from "#shared/routes/events.ts";
import { createTicket } from "./create-ticket.ts";
import type { EventDeps } from "./event-deps.ts";
import { listEvents } from "./list-events.ts";

const implementations = { createTicket, listEvents } satisfies Record<
  keyof typeof eventRoutes,
  RouteImplementation<EventDeps>
>;

export function createEventsApi(deps: EventDeps): ApiHandler {
  return createApi(implementations, deps);
}
