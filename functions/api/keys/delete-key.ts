import { boundSession } from "#functions/auth/caller.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import { Fault } from "#shared/faults/fault.ts";
import { keyRoutes } from "#shared/routes/keys.ts";

export const deleteKey = implement(
  keyRoutes.deleteKey,
  async ({ caller, params }, { control }: ApiDeps) => {
    const bound = boundSession(caller);
    const key = await apiKeys.find(control, caller.accountId, params.keyId);
    if (!key || (bound !== undefined && key.sessionId !== bound)) throw new Fault("not_found");
    await apiKeys.remove(control, key);
    return { status: 204, body: undefined };
  },
);
