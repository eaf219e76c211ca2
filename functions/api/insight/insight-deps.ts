import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { Table } from "#functions/store/items.ts";

export type InsightDeps = ApiDeps & { messages: Table };
