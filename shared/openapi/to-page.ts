// The reference as one page: no script, no request to anywhere, readable without either.
import { createHash } from "node:crypto";
import { escapeHtml } from "./escape-html.ts";
import { operationHtml } from "./operation-html.ts";
import { codeHtml } from "./code-html.ts";
import type { OpenApiDocument } from "./to-document.ts";

const style = [
  ":root{color-scheme:light dark;--line:#8884}",
  "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}",
  "code,pre{font:14px/1.45 ui-monospace,monospace}",
  "pre{background:#8881;padding:.75rem;overflow:auto;border-radius:.4rem}",
  "details{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;padding:.4rem .8rem}",
  "summary{cursor:pointer}",
  "summary b{display:inline-block;min-width:4.5rem}",
  "table{border-collapse:collapse;width:100%}",
  "td,th{text-align:left;vertical-align:top;border-top:1px solid var(--line);padding:.3rem .5rem}",
  "nav a{margin-right:1rem}",
].join("");

/** Allows the page's own style and nothing else in the world. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function toPage({ info, tags, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<h2 id="${name}">${escapeHtml(name)}</h2>${own.map(operationHtml).join("")}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<details><summary>${name}</summary>${codeHtml(schema)}</details>`,
  );
  const links = tags.map(({ name }) => `<a href="#${name}">${escapeHtml(name)}</a>`);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(info.title)} API</title><style>${style}</style></head><body>`,
    `<h1>${escapeHtml(info.title)} API</h1><p>${escapeHtml(info.description)}</p>`,
    `<nav>${links.join("")}<a href="#schemas">schemas</a><a href="openapi.json">openapi.json</a></nav>`,
    ...sections,
    `<h2 id="schemas">schemas</h2>${schemas.join("")}`,
    "</body></html>",
  ].join("\n");
}
