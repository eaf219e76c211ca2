import { useQuery } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../../access/use-api.ts";
import type { Contact } from "../../live/contact-names.ts";

/** Who is in a group, as WhatsApp says now; nobody in a chat with one person. */
export function useMembers(sessionId: string, chat: { id: string; isGroup: boolean }): Contact[] {
  const { api } = useApi();
  const { data } = useQuery({
    queryKey: ["group", sessionId, chat.id],
    enabled: chat.isGroup,
    staleTime: 5 * 60_000,
    queryFn: () =>
      requireData(
        api.GET("/v1/sessions/{sessionId}/groups/{groupId}", {
          params: { path: { sessionId, groupId: chat.id } },
        }),
      ),
  });
  return data && "members" in data ? data.members.map(({ contact }) => contact) : [];
}
