import { useQuery } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import type { Answer } from "#client/operation.ts";
import { useApi } from "../access/use-api.ts";
import { readAll } from "./read-all.ts";

export type Session = Answer<"getSession">;

/** All sessions of the account, which has at most some dozens. */
export function useSessions() {
  const { api } = useApi();
  return useQuery({
    queryKey: ["sessions"],
    queryFn: () => readAll((query) => requireData(api.GET("/v1/sessions", { params: { query } }))),
  });
}
