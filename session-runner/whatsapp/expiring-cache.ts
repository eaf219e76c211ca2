type Entry<Value> = { value: Value; expiresAt: number };

/** A cache without a timer, and next to nothing while it is empty. */
export class ExpiringCache<Value> {
  /** The next to expire comes first. */
  #entries: Map<string, Entry<Value>> | undefined;
  #lifeMs: number;
  #now: () => number;

  constructor(lifeMs: number, now: () => number = Date.now) {
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries?.get(key);
    return entry && entry.expiresAt > this.#now() ? entry.value : undefined;
  }

  /** Gives it, and lets it live anew when less than half of its life is left. */
  keep(key: string): Value | undefined {
    const entry = this.#entries?.get(key);
    const left = entry ? entry.expiresAt - this.#now() : 0;
    if (!entry || left <= 0) return undefined;
    if (left < this.#lifeMs / 2) this.set(key, entry.value);
    return entry.value;
  }

  set(key: string, value: Value): void {
    const now = this.#now();
    this.#entries ??= new Map();
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAt: now + this.#lifeMs });
    for (const [oldest, { expiresAt }] of this.#entries) {
      if (expiresAt > now) break;
      this.#entries.delete(oldest);
    }
  }

  del(key: string): void {
    this.#entries?.delete(key);
  }

  flushAll(): void {
    this.#entries = undefined;
  }
}
