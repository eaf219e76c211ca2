import { accountEventSchema } from "../contracts/account-event.ts";
import { eventSchema } from "../contracts/event.ts";
import { webhookEventSchema } from "../contracts/webhook-event.ts";
import { socketNoticeSchema, socketRequestSchema } from "../contracts/socket.ts";
import type { RouteDefinition } from "../routes/define-route.ts";
import { toJsonSchema } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";
import { problemJsonSchema, problemName, toOperation } from "./operation.ts";
import type { Operation } from "./operation.ts";

export type OpenApiDocument = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: Record<string, JsonSchema>;
    schemas: Record<string, JsonSchema>;
  };
};

const description = [
  "WhatsApp sessions of many tenants behind one API.",
  "Times are ISO 8601 in UTC. Lists take `limit` and `cursor` and give `nextCursor`.",
  "Failures are problem documents (RFC 9457) with a stable `code` and a `detail` that says what to do.",
  "Someone else's id answers 404. Events arrive over the WebSocket and from the event log: see the schema Event.",
].join(" ");

/** The whole API as an OpenAPI 3.1 document, made from the route table. */
export function toDocument(routes: Record<string, RouteDefinition>): OpenApiDocument {
  const paths: OpenApiDocument["paths"] = {};
  for (const route of Object.values(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(route) };
  }
  const areas = new Set(Object.values(routes).map(({ lambda }) => lambda));
  return {
    openapi: "3.1.0",
    info: { title: "Wafleet", version: "1.0.0", description },
    servers: [{ url: "/" }],
    tags: [...areas].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        accessToken: { type: "http", scheme: "bearer", description: "From POST /v1/auth/login" },
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "X-Api-Key",
          description: "`Authorization: Bearer <key>` works as well",
        },
        operatorSecret: { type: "http", scheme: "bearer", description: "Of the deployment" },
      },
      schemas: {
        [problemName]: problemJsonSchema(),
        Event: toJsonSchema(eventSchema, "output"),
        WebhookEvent: toJsonSchema(webhookEventSchema, "output"),
        AccountEvent: toJsonSchema(accountEventSchema, "output"),
        SocketRequest: toJsonSchema(socketRequestSchema, "input"),
        SocketNotice: toJsonSchema(socketNoticeSchema, "output"),
      },
    },
  };
}
