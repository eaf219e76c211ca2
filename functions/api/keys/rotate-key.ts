import { hashApiKey, mintApiKey, shownPrefix } from "#functions/auth/api-key.ts";
import { nameOf } from "#functions/auth/caller.ts";
import { closeSockets } from "#functions/close-sockets.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import type { ApiKeyItem, FormerSecret } from "#functions/store/api-keys.ts";
import { Fault } from "#shared/faults/fault.ts";
import { keyRoutes } from "#shared/routes/keys.ts";
import type { KeyDeps } from "./key-deps.ts";
import { requireKey } from "./require-key.ts";
import { requireScopes } from "./require-scopes.ts";
import { toApiKey } from "./to-api-key.ts";

/** Beyond so many secrets at once the oldest ends at once. */
const formersAtOnce = 5;

/**
 * The new secret works before the former one is given its end. A try that ends half-way leaves one
 * that nobody has seen, and the next try ends all that went before at their times.
 */
export const rotateKey = implement(
  keyRoutes.rotateKey,
  async ({ caller, params, body, log }, { control, hangUp, now }: KeyDeps) => {
    const key = await requireKey(control, caller, params.keyId);
    requireScopes(caller, key.scopes);
    if (!apiKeys.isGood(key, now())) throw new Fault("not_found");
    const secret = mintApiKey();
    const shown = { prefix: shownPrefix(secret), secretShownTo: nameOf(caller) };
    const next = { ...key, hash: hashApiKey(secret), ...shown };
    const until = endOf(key, now() + body.overlapSeconds * 1000);
    const all = [...liveFormers(key, now()), { hash: key.hash, until, shownTo: key.secretShownTo }];
    const formers = all.slice(-formersAtOnce);
    await apiKeys.putLookup(control, next);
    if (!(await apiKeys.changeSecret(control, key, { ...next, formers }))) {
      await apiKeys.removeLookup(control, next.hash);
      throw new Fault("change_in_progress", { headers: { "retry-after": "1" } });
    }
    for (const former of formers) await apiKeys.endLookupAt(control, former);
    for (const { hash } of all.slice(0, -formersAtOnce)) await apiKeys.removeLookup(control, hash);
    if (body.overlapSeconds === 0) {
      await closeSockets(
        { control, hangUp, log },
        key.accountId,
        (holder) => holder.kind === "key" && holder.keyId === key.keyId,
      );
    }
    return { status: 201, body: { ...toApiKey(next), key: secret, formerKeyEndsAt: until } };
  },
);

/** No secret outlives its key. */
function endOf({ validUntil }: ApiKeyItem, end: number): string {
  const until = new Date(end).toISOString();
  return validUntil !== undefined && validUntil < until ? validUntil : until;
}

function liveFormers({ formers = [] }: ApiKeyItem, now: number): FormerSecret[] {
  return formers.filter(({ until }) => Date.parse(until) > now);
}
