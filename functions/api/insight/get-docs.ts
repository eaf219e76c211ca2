import { implement } from "#functions/middleware/implement.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { pagePolicy, toPage } from "#shared/openapi/to-page.ts";
import { insightRoutes } from "#shared/routes/insight.ts";
import { cacheable, openApiDocument } from "./open-api-document.ts";

let page: Buffer | undefined;

export const getDocs = implement(insightRoutes.getDocs, async (_call, _deps: ApiDeps) => ({
  status: 200,
  raw: (page ??= Buffer.from(toPage(openApiDocument()))),
  contentType: "text/html; charset=utf-8",
  headers: {
    ...cacheable,
    "content-security-policy": pagePolicy,
    "referrer-policy": "no-referrer",
  },
}));
