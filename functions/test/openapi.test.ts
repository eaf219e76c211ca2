import { readFile } from "node:fs/promises";
import { openApiText } from "#shared/openapi/open-api-text.ts";
import { toDocument } from "#shared/openapi/to-document.ts";
import type { RouteDefinition } from "#shared/routes/define-route.ts";
import { routes } from "#shared/routes/table.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

let system: System;

beforeAll(async () => (system = await startSystem()));
afterAll(() => system[Symbol.asyncDispose]());

const decoded = ({ text }: { text: string }) => Buffer.from(text, "base64").toString();

test("the committed document is what the routes say: `npm run openapi` writes it", async () => {
  const committed = await readFile(new URL("../../docs/openapi.json", import.meta.url), "utf8");
  expect(committed).toBe(openApiText());
});

test("the document has every route under a name of its own, and the page shows each", async () => {
  const document = toDocument(routes);
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const names = operations.map(({ operationId }) => operationId);
  expect(names.toSorted()).toEqual(Object.keys(routes).toSorted());
  const page = decoded(await system.call("getDocs"));
  for (const name of names) expect(page).toContain(`id="${name}"`);
});

test("what a path names is a parameter, and every reference leads somewhere", () => {
  const document = toDocument(routes);
  for (const [path, methods] of Object.entries(document.paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters } of Object.values(methods)) {
      const known = parameters.filter((parameter) => parameter.in === "path");
      expect(known.map(({ name }) => name)).toEqual(named);
    }
  }
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
  for (const [, name = ""] of references) expect(document.components.schemas).toHaveProperty(name);
});

test("what the API speaks of often is said once: elsewhere there are references to it", () => {
  const { paths, components } = toDocument(routes);
  const text = JSON.stringify(paths);
  for (const [name, schema] of Object.entries(components.schemas)) {
    expect(text, name).not.toContain(JSON.stringify(schema));
  }
  expect(text.match(/#\/components\/schemas\/Message"/g)?.length).toBeGreaterThan(2);
  expect(text.length).toBeLessThan(400_000);
});

test("document and page are for anyone, may be cached, and the page can load nothing", async () => {
  const document = await system.call("getOpenApi");
  expect(document.status).toBe(200);
  expect(document.headers).toMatchObject({
    "content-type": "application/json",
    "cache-control": "public, max-age=300",
  });
  expect(JSON.parse(decoded(document))).toEqual(JSON.parse(openApiText()));
  const page = await system.call("getDocs");
  expect(page.headers["content-security-policy"]).toMatch(
    /^default-src 'none'; style-src 'sha256-/,
  );
  expect(decoded(page)).not.toMatch(/<script|<link|<img|(?:src|href|url)\W+https?:/);
});

test("every route that takes a body shows one that its schema accepts", () => {
  for (const { name, body, example } of Object.values<RouteDefinition>(routes)) {
    if (!body) continue;
    expect(example?.body, name).toBeDefined();
    expect(body.safeParse(example?.body).error, name).toBeUndefined();
  }
});
