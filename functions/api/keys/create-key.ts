import { hashApiKey, mintApiKey, shownPrefix } from "#functions/auth/api-key.ts";
import { nameOf } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import * as sessions from "#functions/store/sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { derivedId } from "#shared/ids.ts";
import { keyRoutes } from "#shared/routes/keys.ts";
import type { KeyDeps } from "./key-deps.ts";
import { requireScopes } from "./require-scopes.ts";
import { toApiKey } from "./to-api-key.ts";

export const createKey = implement(
  keyRoutes.createKey,
  async ({ body, caller, attempt }, { control }: KeyDeps) => {
    const { accountId } = caller;
    const { name, scopes, sessionId, expiresAt: validUntil } = body;
    requireScopes(caller, scopes);
    if (validUntil !== undefined && Date.parse(validUntil) <= control.now()) {
      throw new Fault("validation_failed", {
        fields: [{ path: "expiresAt", message: "must be in the future" }],
      });
    }
    if (caller.kind === "key" && caller.sessionId !== undefined && caller.sessionId !== sessionId) {
      throw new Fault("forbidden", {
        detail: "A key that is bound to a session can only make keys bound to that session.",
      });
    }
    if (sessionId !== undefined) await sessions.require(control, caller, sessionId);
    const key = mintApiKey();
    const item = {
      accountId,
      keyId: derivedId("key", attempt.startedAt, attempt.seed),
      name,
      scopes: [...new Set(scopes)],
      sessionId,
      validUntil,
      prefix: shownPrefix(key),
      hash: hashApiKey(key),
      createdBy: nameOf(caller),
      secretShownTo: nameOf(caller),
      createdAt: new Date(attempt.startedAt).toISOString(),
    };
    await apiKeys.put(control, item);
    return { status: 201, body: { ...toApiKey(item), key } };
  },
);
