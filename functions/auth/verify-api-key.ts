import type { KeyLookupItem } from "#functions/store/api-keys.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import type { Table } from "#functions/store/items.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { Logger } from "pino";
import { hashApiKey, isWellFormed } from "./api-key.ts";
import type { Caller } from "./caller.ts";

/** Saves a read a request on a busy key; a revoked key may work for so long in a warm process. */
const cacheMs = 5_000;
const cacheLimit = 1_000;
const lastUsedEveryMs = 3_600_000;

export type VerifyApiKey = (key: string) => Promise<Caller>;

/** @throws {Fault} `unauthenticated` when the key is unknown, revoked or expired */
export function createVerifyApiKey(control: Table, log: Logger): VerifyApiKey {
  const cache = new Map<string, { lookup: KeyLookupItem; readAt: number }>();

  async function read(hash: string): Promise<KeyLookupItem | undefined> {
    const cached = cache.get(hash);
    if (cached && control.now() - cached.readAt < cacheMs) return cached.lookup;
    cache.delete(hash);
    const lookup = await apiKeys.findByHash(control, hash);
    if (!lookup) return undefined;
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(hash, { lookup, readAt: control.now() });
    return lookup;
  }

  async function noteUse(hash: string, lookup: KeyLookupItem): Promise<void> {
    const lastUsed = lookup.lastUsedAt === undefined ? 0 : Date.parse(lookup.lastUsedAt);
    if (control.now() - lastUsed < lastUsedEveryMs) return;
    lookup.lastUsedAt = new Date(control.now()).toISOString();
    await apiKeys
      .markUsed(control, hash, lookup)
      .catch((error: unknown) => log.warn({ err: error }, "last use of a key was not noted"));
  }

  return async (key) => {
    const hash = hashApiKey(key);
    const lookup = isWellFormed(key) ? await read(hash) : undefined;
    if (!lookup || isPast(lookup.validUntil, control.now())) {
      throw new Fault("unauthenticated", {
        detail: "The API key is unknown, revoked or expired. Make a new one with POST /v1/keys.",
      });
    }
    await noteUse(hash, lookup);
    const { accountId, keyId, scopes, sessionId } = lookup;
    return { kind: "key", accountId, keyId, scopes, ...(sessionId !== undefined && { sessionId }) };
  };
}

function isPast(time: string | undefined, now: number): boolean {
  return time !== undefined && Date.parse(time) <= now;
}
