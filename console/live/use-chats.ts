import { useQuery } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";
import { readAll } from "./read-all.ts";
import { toChats } from "./chats.ts";
import type { Chat } from "./chats.ts";
import { toNames } from "./contact-names.ts";
import type { Contact, Names } from "./contact-names.ts";
import { seenChats } from "./seen-chats.ts";
import { useMessages } from "./use-session.ts";

/** So many are listed; who has more finds one by its phone. */
const most = 1_000;

/** The session's chats, as they are at this moment. */
export function useChats(sessionId: string): { chats: Chat[] | undefined; error: unknown } {
  const { api } = useApi();
  const path = { sessionId };
  const known = useQuery({
    queryKey: ["chats", sessionId],
    queryFn: () =>
      readAll(
        (query) =>
          requireData(api.GET("/v1/sessions/{sessionId}/chats", { params: { path, query } })),
        most,
      ),
  });
  const latest = useMessages(sessionId);
  const isReady = known.data !== undefined && latest.data !== undefined;
  return {
    chats: isReady ? toChats(known.data, latest.data.data, seenChats.read(sessionId)) : undefined,
    error: known.error ?? latest.error,
  };
}

/** What the people are called whom the session has come across, and those who are alike. */
export function useNames(sessionId: string, alike: readonly Contact[] = []): Names {
  const { api } = useApi();
  const path = { sessionId };
  const { data = [] } = useQuery({
    queryKey: ["contacts", sessionId],
    queryFn: () =>
      readAll(
        (query) =>
          requireData(api.GET("/v1/sessions/{sessionId}/contacts", { params: { path, query } })),
        most,
      ),
  });
  return toNames(data, alike);
}
