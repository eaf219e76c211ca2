import { ExpiringCache } from "./expiring-cache.ts";

/** Hours rather than Baileys' five minutes: each refresh archives a session and asks the server. */
const lifeMs = 6 * 3_600_000;

/**
 * Which devices each contact has, for one session. Baileys announces changes by itself (`del`,
 * `set`). It outlives reconnects of the session, because a cold one rebuilds Signal sessions.
 */
export class DeviceCache extends ExpiringCache {
  constructor() {
    super(lifeMs);
  }

  has(user: string): boolean {
    const devices = this.get<unknown[]>(user);
    return devices !== undefined && devices.length > 0;
  }

  /** Keeps the user's devices at hand for a send that has just looked them up. */
  touch(user: string): void {
    const value = this.get(user);
    if (value !== undefined) this.set(user, value);
  }
}
