import { useQuery } from "@tanstack/preact-query";
import type { Answer } from "#client/operation.ts";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import type { Period } from "./period.ts";

export type UsageRow = Answer<"getUsage">["data"][number];

/** What to bill by, and the same as a file. */
export function useUsage(period: Period, sessionId: string) {
  const { api } = useApi();
  const query = { ...period, ...(sessionId !== "" && { sessionId }) };
  const found = useQuery({
    queryKey: ["usage", period.from, period.to, sessionId],
    staleTime: 60_000,
    queryFn: () => requireData(api.GET("/v1/usage", { params: { query } })),
  });
  /** CSV as the API writes it. */
  const readCsv = () =>
    requireData(
      api.GET("/v1/usage", { params: { query: { ...query, format: "csv" } }, parseAs: "text" }),
    );
  return { usage: found.data, error: found.error, readCsv };
}
