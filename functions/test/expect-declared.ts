import { declaredFaults } from "#shared/openapi/operation.ts";
import { problemSchema } from "#shared/faults/problem.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { expect } from "vitest";

/** A refusal is one that the route's documentation names. */
export function expectDeclared(route: RouteDefinition, body: unknown): void {
  expect(declaredFaults(route), route.name).toContain(problemSchema.parse(body).code);
}
