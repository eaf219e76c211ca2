import { useInfiniteQuery } from "@tanstack/preact-query";

type Page<Item> = { data: Item[]; nextCursor: string | null };

/** A list of the API, page by page; `load` is given what goes into the query. */
export function usePages<Item>(
  queryKey: string[],
  load: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
  limit = 50,
) {
  const found = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      load({ limit, ...(pageParam !== undefined && { cursor: pageParam }) }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return {
    items: found.data?.pages.flatMap(({ data }) => data),
    error: found.error,
    hasMore: found.hasNextPage,
    more: () => found.fetchNextPage(),
  };
}
