import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { usePages } from "./use-pages.ts";

/** A session's bulk sends, newest first. */
export function useBatches(sessionId: string) {
  const { api } = useApi();
  const { items, ...pages } = usePages(["batches", "list"], (query) =>
    requireData(api.GET("/v1/batches", { params: { query } })),
  );
  return { ...pages, batches: items?.filter((batch) => batch.sessionId === sessionId) };
}
