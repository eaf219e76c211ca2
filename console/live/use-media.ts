import { useQuery } from "@tanstack/preact-query";
import { requireData } from "#client/require-data.ts";
import { useApi } from "../access/use-api.ts";

/** A link holds for 15 minutes: a new one is asked for before. */
const staleMs = 12 * 60_000;

/** A link to a file of a message, asked for once it is wanted. */
export function useMedia(mediaId: string | undefined, isWanted: boolean) {
  const { api } = useApi();
  return useQuery({
    queryKey: ["media", mediaId ?? ""],
    enabled: isWanted && mediaId !== undefined,
    staleTime: staleMs,
    // Otherwise what plays would begin anew.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () =>
      requireData(api.GET("/v1/media/{mediaId}", { params: { path: { mediaId: mediaId ?? "" } } })),
  });
}
