import { useQuery } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { readAll } from "./read-all.ts";

export type Template = Answer<"getTemplate">;

/** All templates of the account, by name. */
export function useTemplates() {
  const { api } = useApi();
  return useQuery({
    queryKey: ["templates"],
    queryFn: async () => {
      const all = await readAll((query) =>
        requireData(api.GET("/v1/templates", { params: { query } })),
      );
      return all.toSorted((a, b) => a.name.localeCompare(b.name));
    },
  });
}
