export type KeyPage = {
  keys: string[];
  commonPrefixes: string[];
  /** The last key that was looked at, when there is more after it. */
  next?: string;
};

/** One page of a listing: keys in the order of their UTF-8 bytes, grouped at the delimiter. */
export function listKeys(
  all: Iterable<string>,
  options: { prefix: string; delimiter: string; after: string; maxKeys: number },
): KeyPage {
  const sorted = [...all]
    .filter((key) => key.startsWith(options.prefix))
    .map((key) => ({ key, bytes: Buffer.from(key) }))
    .toSorted((left, right) => Buffer.compare(left.bytes, right.bytes));
  const after = Buffer.from(options.after);
  const page: KeyPage = { keys: [], commonPrefixes: [] };
  let last: string | undefined;
  for (const { key, bytes } of sorted) {
    if (options.after !== "" && Buffer.compare(bytes, after) <= 0) continue;
    const group = commonPrefix(key, options);
    const isSameGroup = group !== undefined && group === page.commonPrefixes.at(-1);
    // A listing that starts after `a/` has already shown the group `a/`.
    if (group !== undefined && group === options.after) continue;
    if (!isSameGroup) {
      if (page.keys.length + page.commonPrefixes.length >= options.maxKeys) {
        return last === undefined ? page : { ...page, next: last };
      }
      if (group === undefined) page.keys.push(key);
      else page.commonPrefixes.push(group);
    }
    last = key;
  }
  return page;
}

function commonPrefix(
  key: string,
  options: { prefix: string; delimiter: string },
): string | undefined {
  if (options.delimiter === "") return undefined;
  const at = key.indexOf(options.delimiter, options.prefix.length);
  return at < 0 ? undefined : key.slice(0, at + options.delimiter.length);
}
