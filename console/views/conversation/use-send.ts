import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { NewMessage } from "../../live/new-message.ts";

/** Sends into one chat; `shown` is told of each message that was accepted. */
export function useSend(
  sessionId: string,
  to: string,
  shown: (messageId: string) => Promise<unknown>,
) {
  const { api } = useApi();
  const queries = useQueryClient();
  return async (message: NewMessage): Promise<void> => {
    const { id } = await requireData(
      api.POST("/v1/sessions/{sessionId}/messages", {
        params: { path: { sessionId } },
        body: { ...message, to },
      }),
    );
    await shown(id);
    await queries.invalidateQueries({ queryKey: ["messages", sessionId] });
  };
}
