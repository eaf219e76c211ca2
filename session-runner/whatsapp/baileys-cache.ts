import type { CacheStore } from "./baileys.ts";
import { ExpiringCache } from "./expiring-cache.ts";

/**
 * What Baileys wants as a cache, whose reader names the type of what it kept there. Its own are four to a
 * session, of 18 maps each.
 */
export class BaileysCache extends ExpiringCache<unknown> implements CacheStore {
  override get<T>(key: string): Promise<T> | T | undefined {
    return super.get(key) as T | undefined;
  }
}
