import type { components } from "./generated/api.ts";

/** What the API says about a failure; `code` is stable, `detail` says what to do. */
export type Problem = components["schemas"]["Problem"];

/** Undefined for what is no problem document, such as a proxy's own page. */
export function findProblem(body: unknown): Problem | undefined {
  if (typeof body !== "object" || body === null || !("code" in body)) return undefined;
  return body as Problem;
}
