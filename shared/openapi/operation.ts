import { faultTable } from "../faults/table.ts";
import type { FaultCode } from "../faults/table.ts";
import type { RouteAccess, RouteDefinition } from "../routes/define-route.ts";
import { propertiesOf, toJsonSchema } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
};

export type Content = Record<string, { schema: JsonSchema; example?: unknown }>;

export type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};

/** One route as OpenAPI says it. */
export function toOperation(route: RouteDefinition): Operation {
  const { name, summary, lambda, body, example } = route;
  return {
    operationId: name,
    summary,
    description: accessText(route.auth),
    tags: [lambda],
    security: securityOf(route.auth),
    parameters: parametersOf(route),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: jsonContent(toJsonSchema(body, "input"), example?.body),
      },
    }),
    responses: { ...successes(route), ...failures(route) },
  };
}

function accessText(auth: RouteAccess): string {
  switch (auth.access) {
    case "public":
      return `For anyone: ${auth.why}.`;
    case "operator":
      return "For who runs the deployment: `Authorization: Bearer <operator secret>`.";
    case "user":
      return "For signed-in users; API keys may not.";
    case "scope":
      return `For signed-in users whose role allows it, and API keys with the scope \`${auth.scope}\`.`;
  }
}

function securityOf(auth: RouteAccess): Record<string, string[]>[] {
  switch (auth.access) {
    case "public":
      return [];
    case "operator":
      return [{ operatorSecret: [] }];
    case "user":
      return [{ accessToken: [] }];
    case "scope":
      return [{ accessToken: [] }, { apiKey: [] }];
  }
}

function parametersOf({ params, query, idempotent, example }: RouteDefinition): Parameter[] {
  const parameters: Parameter[] = [];
  for (const [place, schema] of [["path", params] as const, ["query", query] as const]) {
    if (!schema) continue;
    const { properties, required } = propertiesOf(toJsonSchema(schema, "input"));
    for (const [name, { description, ...rest }] of Object.entries(properties)) {
      parameters.push({
        name,
        in: place,
        required: required.includes(name),
        ...(typeof description === "string" && { description }),
        schema: rest,
        ...(place === "query" &&
          example?.query?.[name] !== undefined && { example: example.query[name] }),
      });
    }
  }
  if (idempotent) parameters.push(idempotencyKey);
  return parameters;
}

const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key and body give the first answer again; another body is refused",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

function successes({ responses }: RouteDefinition): Operation["responses"] {
  const entries = Object.entries(responses).map(([status, { description, body, contentTypes }]) => {
    const schema = body ? toJsonSchema(body, "output") : undefined;
    const content = (contentTypes ?? ["application/json"]).map((type) => {
      const binary = { type: "string", contentMediaType: type };
      return [type, { schema: schema && type.endsWith("json") ? schema : binary }];
    });
    return [status, { description, ...(schema && { content: Object.fromEntries(content) }) }];
  });
  return Object.fromEntries(entries) as Operation["responses"];
}

/** Failures by status, each with the codes that tell them apart. */
function failures(route: RouteDefinition): Operation["responses"] {
  const byStatus = Object.groupBy(declaredFaults(route), (code) => faultTable[code][0]);
  const entries = Object.entries(byStatus).map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${faultTable[code][1]}`).join(". "),
      content: {
        "application/problem+json": {
          schema: { $ref: "#/components/schemas/Problem" },
        },
      },
    },
  ]);
  return Object.fromEntries(entries) as Operation["responses"];
}

/** Its own and those that every route of its kind can answer with. */
export function declaredFaults({
  auth,
  body,
  query,
  idempotent,
  faults,
}: RouteDefinition): FaultCode[] {
  const all: FaultCode[] = [...faults, "rate_limited", "internal", "unavailable"];
  if (auth.access !== "public") all.push("unauthenticated");
  if (auth.access === "user" || auth.access === "scope") all.push("token_expired", "forbidden");
  if (body || query) all.push("validation_failed");
  if (body) all.push("malformed_json", "unsupported_media_type", "payload_too_large");
  if (idempotent) all.push("idempotency_key_reused", "idempotency_key_in_progress");
  return [...new Set(all)];
}

function jsonContent(schema: JsonSchema, example: unknown): Content {
  return { "application/json": { schema, ...(example !== undefined && { example }) } };
}
