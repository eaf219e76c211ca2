import type { KeyLookupItem } from "#functions/store/api-keys.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import type { Table } from "#functions/store/items.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { Logger } from "pino";
import { hashApiKey, isWellFormed } from "./api-key.ts";
import type { Caller } from "./caller.ts";

/** Nobody needs to know to the minute, and each note costs two writes. */
const lastUsedEveryMs = 3_600_000;

/**
 * Costs one read unit a request, and for it revoking a key counts at once.
 * @throws {Fault} `unauthenticated` when the key is unknown, revoked or expired
 */
export async function verifyApiKey(
  { control, log }: { control: Table; log: Logger },
  key: string,
): Promise<Caller> {
  const hash = hashApiKey(key);
  const lookup = isWellFormed(key) ? await apiKeys.findByHash(control, hash) : undefined;
  if (!lookup || isPast(lookup.validUntil, control.now())) {
    throw new Fault("unauthenticated", {
      detail: "The API key is unknown, revoked or expired. Make a new one with POST /v1/keys.",
    });
  }
  await noteUse({ control, log }, hash, lookup);
  const { accountId, keyId, scopes, sessionId } = lookup;
  return { kind: "key", accountId, keyId, scopes, ...(sessionId !== undefined && { sessionId }) };
}

async function noteUse(
  { control, log }: { control: Table; log: Logger },
  hash: string,
  lookup: KeyLookupItem,
): Promise<void> {
  const hourAgo = new Date(control.now() - lastUsedEveryMs).toISOString();
  if (lookup.lastUsedAt !== undefined && lookup.lastUsedAt > hourAgo) return;
  await apiKeys
    .markUsed(control, hash, lookup, hourAgo)
    .catch((error: unknown) => log.warn({ err: error }, "last use of a key was not noted"));
}

function isPast(time: string | undefined, now: number): boolean {
  return time !== undefined && Date.parse(time) <= now;
}
