import type { RouteDefinition } from "../routes/define-route.ts";
import type { JsonSchema } from "./json-schema.ts";
import { namedSchemas } from "./named-schemas.ts";
import { toOperation } from "./operation.ts";
import type { Operation } from "./operation.ts";
import { createShareSchemas } from "./share-schemas.ts";

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
  const named = namedSchemas();
  const share = createShareSchemas(named);
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
    paths: share(paths),
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
      schemas: Object.fromEntries(
        Object.entries(named).map(([name, schema]) => [name, share(schema)]),
      ),
    },
  };
}
