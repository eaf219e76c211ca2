import { accountRoutes } from "./accounts.ts";
import { batchRoutes } from "./batches.ts";
import { contactRoutes } from "./contacts.ts";
import type { RouteDefinition } from "./define-route.ts";
import { erasureRoutes } from "./erasures.ts";
import { eventRoutes } from "./events.ts";
import { groupRoutes } from "./groups.ts";
import { insightRoutes } from "./insight.ts";
import { keyRoutes } from "./keys.ts";
import { mediaRoutes } from "./media.ts";
import { messageRoutes } from "./messages.ts";
import { operatorRoutes } from "./operator.ts";
import { presenceRoutes } from "./presence.ts";
import { scheduleRoutes } from "./schedule.ts";
import { sessionRoutes } from "./sessions.ts";
import { templateRoutes } from "./templates.ts";
import { userRoutes } from "./users.ts";
import { webhookDeliveryRoutes } from "./webhook-deliveries.ts";
import { webhookRoutes } from "./webhooks.ts";

/** Every HTTP route there is. API Gateway, handlers, local runtime and OpenAPI come from this. */
export const routes = {
  ...accountRoutes,
  ...userRoutes,
  ...keyRoutes,
  ...sessionRoutes,
  ...messageRoutes,
  ...templateRoutes,
  ...batchRoutes,
  ...erasureRoutes,
  ...scheduleRoutes,
  ...mediaRoutes,
  ...presenceRoutes,
  ...contactRoutes,
  ...groupRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...webhookDeliveryRoutes,
  ...insightRoutes,
  ...operatorRoutes,
} as const satisfies Record<string, RouteDefinition>;

/** Routes of the WebSocket API. What clients send, told apart by its `action`, is all `$default`. */
export const socketRoutes = ["$connect", "$disconnect", "$default"] as const;
