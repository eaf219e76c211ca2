// Requests that nobody would send, to every route; what must hold of each answer.
import { routes } from "#shared/routes/table.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import * as fc from "fast-check";
import { expect } from "vitest";
import { paramsOf } from "./one-of-each.ts";
import type { RequestOptions, RouteName } from "./request-event.ts";
import { secretsIn } from "./secrets-in-logs.ts";
import type { System } from "./start-system.ts";

const table: Record<string, RouteDefinition> = routes;
const names = Object.keys(routes) as RouteName[];

export type Known = {
  token: string;
  apiKey: string;
  operatorSecret: string;
  /** Ids by the name that paths give them. */
  params: Record<string, string>;
};

type FuzzedRequest = { name: RouteName; options: RequestOptions; secrets: string[] };

/** Marked, so that they can be looked for in the log. */
const secretText = fc.stringMatching(/^[a-z0-9]{8,16}$/).map((text) => `hunter2-${text}`);
const phoneText = fc.stringMatching(/^[1-9]\d{11}$/).map((digits) => `+${digits}`);

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "\u0000",
    "🦆".repeat(40),
    "9".repeat(400),
    -0,
    1e308,
    [],
    {},
    null,
    "../../etc/passwd",
    "' OR 1=1",
  ),
);

/** The example with one member replaced, removed or added, at any depth. */
function mutated(example: unknown): fc.Arbitrary<unknown> {
  if (typeof example !== "object" || example === null) return odd;
  const entries = Object.entries(example as Record<string, unknown>);
  const changed = entries.map(([key, value]) =>
    fc.oneof(odd, mutated(value)).map((other) => ({ ...example, [key]: other })),
  );
  const removed = entries.map(([key]) =>
    fc.constant(Object.fromEntries(entries.filter(([other]) => other !== key))),
  );
  const added = fc
    .tuple(fc.string({ maxLength: 20 }), odd)
    .map(([key, value]) => Object.fromEntries([...entries, [key, value]]));
  return fc.oneof(fc.constant(example), added, ...changed, ...removed);
}

/** The bodies of a route with secrets and phones of its own in the places of such. */
function bodyOf(name: RouteName): fc.Arbitrary<{ body: unknown; secrets: string[] }> {
  const example = table[name]?.example?.body ?? {};
  return fc
    .tuple(fc.oneof(mutated(example), mutated(example), odd), secretText, phoneText)
    .map(([body, secret, phone]) => {
      const secrets: string[] = [];
      const planted: unknown = JSON.parse(JSON.stringify(body ?? null), (key, value: unknown) => {
        if (typeof value !== "string") return value;
        const mark = /password|token|proxy/i.test(key)
          ? secret
          : /^(to|phone)$/.test(key)
            ? phone
            : "";
        if (mark === "") return value;
        secrets.push(mark);
        return key === "proxy" ? `http://ann:${mark}@proxy.example.com:8080` : mark;
      });
      return { body: planted, secrets };
    });
}

const headerValue = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom("", "application/json", "text/plain", "*/*;q=x", "gzip", "Bearer", "Bearer  x y"),
);
const headers = fc.dictionary(
  fc.constantFrom(
    "accept",
    "content-type",
    "idempotency-key",
    "authorization",
    "x-api-key",
    "x-forwarded-for",
    "origin",
  ),
  headerValue,
  { maxKeys: 3 },
);

const oddValues = [
  "1",
  "0",
  "-1",
  "1e9",
  "1.1",
  "NaN",
  "now",
  "2026-02-30",
  "9999-12-31T23:59:59Z",
];

const rawText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("{", "[[[[", '"', "nul"));

function requestTo(name: RouteName, known: Known): fc.Arbitrary<FuzzedRequest> {
  const { body, query, auth, example } = table[name] as RouteDefinition;
  const credential = fc.constantFrom<RequestOptions>(
    { token: auth.access === "operator" ? known.operatorSecret : known.token },
    { apiKey: known.apiKey },
    {},
  );
  const params = fc.record(
    Object.fromEntries(
      Object.entries(paramsOf(name, known.params)).map(([param, id]) => [
        param,
        fc.oneof(
          { arbitrary: fc.constant(id), weight: 3 },
          fc.string({ unit: "binary", maxLength: 40 }),
        ),
      ]),
    ),
  );
  const queries = fc
    .dictionary(
      fc.constantFrom(...Object.keys(query?.shape ?? {}), "page", "__proto__"),
      fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom(...oddValues)),
      { maxKeys: 2 },
    )
    .map((some) => ({ ...example?.query, ...some }));
  return fc
    .tuple(credential, params, query ? queries : fc.constant({}), headers, bodyOf(name), rawText)
    .map(([who, ids, asked, sent, planted, raw]) => {
      const isRaw = raw.length % 5 === 0;
      const content = isRaw ? { rawBody: raw } : { body: planted.body };
      const options = { ...who, params: ids, query: asked, headers: sent, ...(body && content) };
      return { name, options, secrets: planted.secrets };
    });
}

/** Sends `runs` random requests, spread over all routes. */
export async function fuzzApi(system: System, known: Known, runs: number): Promise<void> {
  const request = fc.constantFrom(...names).chain((name) => requestTo(name, known));
  const always = [known.token, known.apiKey, known.operatorSecret];
  await fc.assert(
    fc.asyncProperty(request, async ({ name, options, secrets }) => {
      const from = system.logLines.length;
      const answer = await system.call(name, options);
      expect(answer.status, `${name}: ${answer.text}`).toBeLessThan(500);
      const lines = system.logLines.slice(from);
      expect(secretsIn(lines, [...always, ...secrets]), name).toEqual([]);
      expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
    }),
    { numRuns: runs, endOnFailure: true },
  );
}
