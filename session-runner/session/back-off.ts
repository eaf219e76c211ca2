const baseMs = 1_000;
const limitMs = 60_000;

/** Exponential, with full jitter above half: a thousand sessions must not return in one instant. */
export function backOffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(limitMs, baseMs * 2 ** Math.min(failures, 10));
  return ceiling / 2 + random() * (ceiling / 2);
}

/** Counts what happened within the last `spanMs`. */
export class RecentCount {
  #times: number[] = [];
  #spanMs: number;
  #now: () => number;

  constructor(spanMs: number, now: () => number) {
    this.#spanMs = spanMs;
    this.#now = now;
  }

  add(): number {
    this.#times.push(this.#now());
    return this.count;
  }

  get count(): number {
    const from = this.#now() - this.#spanMs;
    this.#times = this.#times.filter((time) => time > from);
    return this.#times.length;
  }

  /** Milliseconds until fewer than `limit` remain; 0 when that is so now. */
  waitFor(limit: number): number {
    const { count } = this;
    if (count < limit) return 0;
    const oldest = this.#times[count - limit];
    return oldest === undefined ? 0 : Math.max(0, oldest + this.#spanMs - this.#now());
  }
}
