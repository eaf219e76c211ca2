import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { eventRoutes } from "#shared/routes/events.ts";
import { createTicket } from "./create-ticket.ts";
import type { EventDeps } from "./event-deps.ts";
import { listAllEvents } from "./list-all-events.ts";
import { listEvents } from "./list-events.ts";

const implementations = { createTicket, listEvents, listAllEvents } satisfies Record<
  keyof typeof eventRoutes,
  RouteImplementation<EventDeps>
>;

export function createEventsApi(deps: EventDeps): ApiHandler {
  return createApi(implementations, deps);
}
