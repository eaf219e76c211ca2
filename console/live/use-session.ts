import { useQuery } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";

const at = (sessionId: string) => ({ params: { path: { sessionId } } });

/** A session and how it is; read again whenever an event says so. */
export function useSession(sessionId: string) {
  const { api } = useApi();
  return useQuery({
    queryKey: ["session", sessionId, "status"],
    queryFn: async () => {
      const [session, status] = await Promise.all([
        requireData(api.GET("/v1/sessions/{sessionId}", at(sessionId))),
        requireData(api.GET("/v1/sessions/{sessionId}/status", at(sessionId))),
      ]);
      return { session, status };
    },
  });
}

/** The code that can be scanned now. */
export function useQrCode(sessionId: string, isShown: boolean) {
  const { api } = useApi();
  return useQuery({
    queryKey: ["session", sessionId, "qr"],
    enabled: isShown,
    queryFn: () => requireData(api.GET("/v1/sessions/{sessionId}/qr", at(sessionId))),
  });
}

/** The latest messages, newest first. */
export function useMessages(sessionId: string) {
  const { api } = useApi();
  return useQuery({
    queryKey: ["messages", sessionId],
    queryFn: () =>
      requireData(
        api.GET("/v1/sessions/{sessionId}/messages", {
          params: { path: { sessionId }, query: { limit: 100 } },
        }),
      ),
  });
}
