import { useQueryClient } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";

/** What can be done with a session; each reads its state again afterwards. */
export function useSessionActions(sessionId: string) {
  const { api } = useApi();
  const queries = useQueryClient();
  const params = { path: { sessionId } };
  async function then<Data>(call: Promise<Data>): Promise<Data> {
    const data = await call;
    await Promise.all([
      queries.invalidateQueries({ queryKey: ["session", sessionId] }),
      queries.invalidateQueries({ queryKey: ["sessions"] }),
    ]);
    return data;
  }
  return {
    connect: () => then(requireData(api.POST("/v1/sessions/{sessionId}/connect", { params }))),
    reconnect: () => then(requireData(api.POST("/v1/sessions/{sessionId}/reconnect", { params }))),
    pairingCode: (phone: string) =>
      then(
        requireData(api.POST("/v1/sessions/{sessionId}/pairing-code", { params, body: { phone } })),
      ),
    stop: () => then(requireData(api.POST("/v1/sessions/{sessionId}/stop", { params }))),
    restart: () => then(requireData(api.POST("/v1/sessions/{sessionId}/restart", { params }))),
    disconnect: () =>
      then(requireData(api.POST("/v1/sessions/{sessionId}/disconnect", { params }))),
    remove: () => then(requireData(api.DELETE("/v1/sessions/{sessionId}", { params }))),
  };
}
