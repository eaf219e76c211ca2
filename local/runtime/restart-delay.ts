const firstMs = 1_000;
const longestMs = 30_000;

/** How long to wait before a worker is started again that crashed so many times before. */
export function restartDelayMs(crashes: number): number {
  return Math.min(longestMs, firstMs * 2 ** crashes);
}
