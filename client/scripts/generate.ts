import { readFileSync } from "node:fs";
import openapiTypescript, { astToString } from "openapi-typescript";

const documentUrl = new URL("../../docs/openapi.json", import.meta.url);
const notice = "// Generated from docs/openapi.json by `npm run openapi`. Do not edit.";

type Operation = {
  parameters: { in: string; name: string }[];
  requestBody?: {
    content: {
      "application/json": { schema: { properties: Record<string, ListOf | { anyOf: ListOf[] }> } };
    };
  };
  responses: Record<string, unknown>;
};

type ListOf = { items: { enum: string[] } };

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
    "event-types.ts": `${notice}\n${toList("eventTypes", eventTypes(document))}`,
    "scopes.ts": `${notice}\n${toList("scopes", scopes(document))}`,
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

/** Every type of event that a webhook can be told of. */
function eventTypes({ paths }: Document): string[] {
  return enumAt(paths["/v1/webhooks"]?.["post"], "types");
}

function scopes({ paths }: Document): string[] {
  return enumAt(paths["/v1/keys"]?.["post"], "scopes");
}

/** The values that the items of a body's list may have. */
function enumAt(operation: Operation | undefined, member: string): string[] {
  const schema = operation?.requestBody?.content["application/json"].schema.properties[member];
  const list = schema && "anyOf" in schema ? schema.anyOf.find((one) => "items" in one) : schema;
  if (!list || !("items" in list)) throw new Error(`the document has no list of ${member}`);
  return list.items.enum;
}

function toList(name: string, values: string[]): string {
  const lines = values.map((value) => `  ${JSON.stringify(value)},\n`);
  return `export const ${name} = [\n${lines.join("")}] as const;\n`;
}
