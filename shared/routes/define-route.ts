import type { z } from "zod";
import type { FaultCode } from "../faults/table.ts";
import type { LambdaName } from "../resources/processes.ts";

export const scopes = [
  "sessions:read",
  "sessions:write",
  "messages:read",
  "messages:send",
  "webhooks:write",
  "account:read",
  "account:admin",
] as const;

export type Scope = (typeof scopes)[number];

export type RouteAccess =
  /** Anyone; `why` says what makes that right. */
  | { access: "public"; why: string }
  /** Who runs the deployment, with its operator secret. */
  | { access: "operator" }
  /** A signed-in user only: API keys may not. */
  | { access: "user" }
  /** A signed-in user, or an API key that has the scope. */
  | { access: "scope"; scope: Scope };

export type RouteDefinition = {
  /** Operation id in the OpenAPI document, and the file that implements it. */
  name: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` for parameters, as API Gateway writes it. */
  path: `/${string}`;
  lambda: LambdaName;
  summary: string;
  auth: RouteAccess;
  /** Takes an Idempotency-Key: each POST that creates something. */
  idempotent?: true;
  /** Finds what an earlier try under the same key has made, so that its answer need not be kept. */
  findsItsOwn?: true;
  /**
   * What requests are counted by beside account and key: the address, before anything else is looked
   * at, or the session that is sent through.
   */
  limit?: "address" | "session";
  /** False where what it makes says itself who made it, as a message does: no entry in the audit. */
  audited?: false;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Success answers by status. */
  responses: Record<number, { description: string; body?: z.ZodType; contentTypes?: string[] }>;
  /** A request that works, but for what belongs to one account; tests send it. */
  example?: { query?: Record<string, string>; body?: unknown };
  /** Faults of its own, beside those that every route can answer with. */
  faults: FaultCode[];
};

/** Keeps the exact types of one route, so that its handler is checked against them. */
export function defineRoute<const Definition extends RouteDefinition>(
  definition: Definition,
): Definition {
  return definition;
}
