type Page<Item> = { data: Item[]; nextCursor: string | null };

type PageQuery = { limit: number; cursor?: string };

/** A list of the API, all of its pages, up to so many items. */
export async function readAll<Item>(
  load: (query: PageQuery) => Promise<Page<Item>>,
  most = Infinity,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await load({ limit: 100, ...(cursor !== null && { cursor }) });
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null && all.length < most);
  return all;
}
