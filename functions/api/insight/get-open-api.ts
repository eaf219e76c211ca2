import { implement } from "#functions/middleware/implement.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { insightRoutes } from "#shared/routes/insight.ts";
import { cacheable, openApiDocument } from "./open-api-document.ts";

export const getOpenApi = implement(insightRoutes.getOpenApi, async (_call, _deps: ApiDeps) => ({
  status: 200,
  raw: Buffer.from(JSON.stringify(openApiDocument())),
  contentType: "application/json",
  headers: cacheable,
}));
