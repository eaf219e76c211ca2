/** Hours rather than Baileys' five minutes: each refresh archives a session and asks the server. */
const lifeMs = 6 * 3_600_000;

type Entry = { value: unknown; expiresAt: number };

/**
 * Which devices each contact has, for one session. Baileys announces changes by itself (`del`,
 * `set`). It outlives reconnects of the session, because a cold one rebuilds Signal sessions.
 */
export class DeviceCache {
  #entries = new Map<string, Entry>();
  #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  has(user: string): boolean {
    const devices = this.get<unknown[]>(user);
    return devices !== undefined && devices.length > 0;
  }

  // Baileys names the type that it expects.
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  get<T>(user: string): T | undefined {
    const entry = this.#entries.get(user);
    if (!entry) return undefined;
    if (entry.expiresAt > this.#now()) return entry.value as T;
    this.#entries.delete(user);
    return undefined;
  }

  set(user: string, value: unknown): void {
    this.#entries.set(user, { value, expiresAt: this.#now() + lifeMs });
  }

  /** Keeps the user's devices at hand for a send that has just looked them up. */
  touch(user: string): void {
    const value = this.get(user);
    if (value !== undefined) this.set(user, value);
  }

  del(user: string): void {
    this.#entries.delete(user);
  }

  flushAll(): void {
    this.#entries.clear();
  }
}
