import { BaileysCache } from "./baileys-cache.ts";

/** Hours rather than Baileys' five minutes: each refresh archives a session and asks the server. */
const lifeMs = 6 * 3_600_000;

/**
 * Which devices each contact has, for one session. Baileys announces changes by itself (`del`,
 * `set`). It outlives reconnects of the session, because a cold one rebuilds Signal sessions.
 */
export class DeviceCache extends BaileysCache {
  constructor() {
    super(lifeMs);
  }

  has(user: string): boolean {
    const devices: unknown = this.get(user);
    return Array.isArray(devices) && devices.length > 0;
  }

  /** Keeps the user's devices at hand for a send that has just looked them up. */
  touch(user: string): void {
    const value: unknown = this.get(user);
    if (value !== undefined) this.set(user, value);
  }
}
