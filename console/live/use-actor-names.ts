import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { usePages } from "./use-pages.ts";

/** People by their addresses and keys by their names, as far as the first page of each knows them. */
export function useActorNames(): (id: string | null) => string {
  const { api } = useApi();
  const users = usePages(["users"], (query) =>
    requireData(api.GET("/v1/users", { params: { query } })),
  );
  const keys = usePages(["keys"], (query) =>
    requireData(api.GET("/v1/keys", { params: { query } })),
  );
  const names = new Map([
    ...(users.items ?? []).map(({ id, email }) => [id, email] as const),
    ...(keys.items ?? []).map(({ id, name }) => [id, name] as const),
  ]);
  return (id) => (id === null ? "" : (names.get(id) ?? id));
}
