import { Fault } from "#shared/faults/fault.ts";
import { badFields } from "#shared/faults/problem.ts";
import type { z } from "zod";
import { foundImplementation } from "./exchange.ts";
import type { ApiMiddleware } from "./exchange.ts";

/** Holds path, query and body to the route's schemas. Unknown fields are refused by these. */
export function validateRequest(): ApiMiddleware {
  return {
    before: ({ event, context }) => {
      const { exchange } = context;
      const { params, query, body } = foundImplementation(exchange).route;
      if (params) exchange.params = parseParams(params, event.pathParameters ?? {});
      if (query) exchange.query = parse(query, event.queryStringParameters ?? {}, "query");
      if (body) exchange.body = parse(body, exchange.body, "body");
    },
  };
}

/** An id that is malformed names nothing: the same answer as for one that does not exist. */
function parseParams(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Fault("not_found");
}

function parse(schema: z.ZodType, value: unknown, part: "query" | "body"): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = badFields(result.error);
  if (part === "body" && isOnlyRecipient(fields, value)) {
    throw new Fault("invalid_recipient", { detail: `\`to\` ${fields[0]?.message}.`, fields });
  }
  throw new Fault("validation_failed", { fields });
}

/** A well-formed request whose recipient breaks the rule of addresses is a failure of its own. */
function isOnlyRecipient(fields: { path: string }[], body: unknown): boolean {
  return (
    fields.every((field) => field.path === "to") &&
    typeof (body as { to?: unknown } | null)?.to === "string"
  );
}
