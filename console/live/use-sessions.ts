import { useQuery } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import type { Answer } from "#client/operation.ts";
import { useApi } from "../access/use-api.ts";

export type Session = Answer<"getSession">;

/** All sessions of the account, which has at most some dozens. */
export function useSessions() {
  const { api } = useApi();
  return useQuery({
    queryKey: ["sessions"],
    queryFn: async () => {
      const all: Session[] = [];
      let cursor: string | null = null;
      do {
        const query: { limit: number; cursor?: string } = { limit: 100 };
        if (cursor !== null) query.cursor = cursor;
        const page: Answer<"listSessions"> = await requireData(
          api.GET("/v1/sessions", { params: { query } }),
        );
        all.push(...page.data);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return all;
    },
  });
}
