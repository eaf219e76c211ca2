import { useQuery, useQueryClient } from "@tanstack/preact-query";
import { useEffect } from "preact/hooks";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { countSince } from "./live-counts.ts";
import type { StatisticsRow } from "./live-counts.ts";
import { useLiveNews } from "./live-provider.tsx";
import { readAll } from "./read-all.ts";
import type { Period } from "./period.ts";

/** The page remembers 200 events: before more have come, the API is asked again. */
const mostLive = 100;

/** Counts of a period; what happens meanwhile is added as it comes, without asking. */
export function useStatistics(period: Period, sessionId: string) {
  const { api } = useApi();
  const queries = useQueryClient();
  const { events } = useLiveNews();
  const queryKey = ["statistics", period.from, period.to, sessionId];
  const query = { ...period, ...(sessionId !== "" && { sessionId }) };
  const { data, error } = useQuery({
    queryKey,
    staleTime: 60_000,
    queryFn: async () => {
      const cursors: Record<string, string> = {};
      const counts = await readAll(async (page) => {
        const part = await requireData(
          api.GET("/v1/stats", { params: { query: { ...query, ...page } } }),
        );
        Object.assign(cursors, part.cursors);
        return part;
      });
      return { data: counts, cursors };
    },
  });
  const live = data === undefined ? [] : countSince(data, events, period, sessionId);
  const isMuch = live.length >= mostLive;
  useEffect(() => {
    if (isMuch) void queries.invalidateQueries({ queryKey });
  }, [isMuch]);
  const rows: StatisticsRow[] | undefined = data && [...data.data, ...live];
  return { rows, error };
}
