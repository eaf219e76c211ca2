/** Runs what it is given, so many at a time, in order of asking. */
export function limitConcurrency(
  limit: number,
): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes to who has waited longest, without a moment in which another could take it.
      if (next) next();
      else running -= 1;
    }
  };
}
