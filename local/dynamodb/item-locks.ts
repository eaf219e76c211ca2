/** Runs work under named locks, each held by one piece of work at a time, in order of arrival. */
export type ItemLocks = <Result>(names: string[], work: () => Promise<Result>) => Promise<Result>;

export function createItemLocks(): ItemLocks {
  const tails = new Map<string, Promise<void>>();
  return async (names, work) => {
    const held = [...new Set(names)];
    const before = held.map((name) => tails.get(name) ?? Promise.resolve());
    const done = Promise.withResolvers<void>();
    for (const name of held) tails.set(name, done.promise);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      done.resolve();
      for (const name of held) if (tails.get(name) === done.promise) tails.delete(name);
    }
  };
}
