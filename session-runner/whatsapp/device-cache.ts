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

  /**
   * Keeps the users' devices at hand for a send that is about to look them up.
   * @returns whether it knows a device of each
   */
  keepAll(users: string[]): boolean {
    let isKnown = true;
    for (const user of users) {
      if (this.has(user)) this.set(user, this.get(user));
      else isKnown = false;
    }
    return isKnown;
  }
}
