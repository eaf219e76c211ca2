import { readFileSync } from "node:fs";
import openapiTypescript, { astToString } from "openapi-typescript";

const documentUrl = new URL("../../docs/openapi.json", import.meta.url);
const notice = "// Generated from docs/openapi.json by `npm run openapi`. Do not edit.";

type Operation = {
  parameters: { in: string; name: string }[];
  responses: Record<string, unknown>;
};

type Document = { paths: Record<string, Record<string, Operation>> };

/** The generated files, by their names in `generated/`. */
export async function generate(): Promise<Record<string, string>> {
  const document = JSON.parse(readFileSync(documentUrl, "utf8")) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const idempotent = operations
    .filter(({ operation }) => operation.parameters.some(({ name }) => name === "Idempotency-Key"))
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  for (const { operation } of operations) operation.responses = slim(operation.responses);
  const schema = astToString(await openapiTypescript(JSON.stringify(document)));
  return {
    "api.ts": `${notice}\n${schema}`,
    "idempotent-routes.ts": `${notice}\n${toSet(idempotent)}`,
  };
}

/** Every failure is a problem document: it is said once for each operation, not by status. */
function slim(responses: Record<string, unknown>): Record<string, unknown> {
  const successes = Object.entries(responses).filter(([status]) => status < "300");
  const schema = { $ref: "#/components/schemas/Problem" };
  const failure = { description: "", content: { "application/problem+json": { schema } } };
  return { ...Object.fromEntries(successes), default: failure };
}

/** What the types cannot say at run time: which routes take an Idempotency-Key. */
function toSet(routes: string[]): string {
  const lines = routes.map((route) => `  ${JSON.stringify(route)},\n`);
  return `export const idempotentRoutes: ReadonlySet<string> = new Set([\n${lines.join("")}]);\n`;
}
