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

  /** Baileys asks for all members of a group at once, or else waits for each. */
  async mget<T>(users: string[]): Promise<Record<string, T | undefined>> {
    return Object.fromEntries(users.map((user) => [user, this.get(user) as T | undefined]));
  }

  has(user: string): boolean {
    return isKnown(this.get(user));
  }

  /**
   * Keeps the users' devices at hand for a send that is about to look them up.
   * @returns whether it knows a device of each
   */
  keepAll(users: string[]): boolean {
    return users.filter((user) => !isKnown(this.keep(user))).length === 0;
  }
}

function isKnown(devices: unknown): boolean {
  return Array.isArray(devices) && devices.length > 0;
}
