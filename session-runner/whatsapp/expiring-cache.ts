type Entry = { value: unknown; expiresAt: number };

/**
 * What Baileys wants as a cache, without a timer and next to nothing while it is empty: Baileys' own
 * are four to a session, of 18 maps each.
 */
export class ExpiringCache {
  /** The next to expire comes first. */
  #entries: Map<string, Entry> | undefined;
  #lifeMs: number;
  #now: () => number;

  constructor(lifeMs: number, now: () => number = Date.now) {
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  // Baileys names the type that it expects.
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  get<T>(key: string): T | undefined {
    const entry = this.#entries?.get(key);
    return entry && entry.expiresAt > this.#now() ? (entry.value as T) : undefined;
  }

  set(key: string, value: unknown): void {
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
