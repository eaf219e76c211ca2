import { toDocument } from "#shared/openapi/to-document.ts";
import type { OpenApiDocument } from "#shared/openapi/to-document.ts";
import { routes } from "#shared/routes/table.ts";

let document: OpenApiDocument | undefined;

/** Made on the first request, then kept: only a deployment changes it. */
export function openApiDocument(): OpenApiDocument {
  return (document ??= toDocument(routes));
}

export const cacheable = { "cache-control": "public, max-age=300" };
