type Entry<Value> = { value: Value; expiresAt: number };

/** A cache without a timer, and next to nothing while it is empty. */
export class ExpiringCache<Value> {
  /** The next to expire comes first. */
  #entries: Map<string, Entry<Value>> | undefined;
  /** A new walk through the map would pass what was deleted at its beginning, thousands each time. */
  #walk: Iterator<[string, Entry<Value>]> | undefined;
  /** Where the walk has come to. */
  #oldest: [string, Entry<Value>] | undefined;
  #lifeMs: number;
  #now: () => number;

  constructor(lifeMs: number, now: () => number = Date.now) {
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  /** With what has expired and is not dropped yet. */
  get size(): number {
    return this.#entries?.size ?? 0;
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
    this.#dropExpired(this.#entries, now);
  }

  #dropExpired(entries: Map<string, Entry<Value>>, now: number): void {
    this.#walk ??= entries.entries();
    for (;;) {
      this.#oldest ??= this.#walk.next().value;
      if (!this.#oldest) break;
      const [key, entry] = this.#oldest;
      // One that was deleted or set anew since is not this one.
      const isHeld = entries.get(key) === entry;
      if (isHeld && entry.expiresAt > now) return;
      if (isHeld) entries.delete(key);
      this.#oldest = undefined;
    }
    this.#walk = undefined;
  }

  del(key: string): void {
    this.#entries?.delete(key);
  }

  flushAll(): void {
    this.#entries = undefined;
    this.#walk = undefined;
    this.#oldest = undefined;
  }
}
