import { closeSockets } from "#functions/close-sockets.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import { Fault } from "#shared/faults/fault.ts";
import { keyRoutes } from "#shared/routes/keys.ts";
import type { KeyDeps } from "./key-deps.ts";
import { requireKey } from "./require-key.ts";

/** The secrets stop working first; a try that ends half-way can be completed by another. */
export const deleteKey = implement(
  keyRoutes.deleteKey,
  async ({ caller, params, log }, { control, hangUp }: KeyDeps) => {
    const key = await requireKey(control, caller, params.keyId);
    if (!(await apiKeys.markRevoked(control, key))) {
      throw new Fault("change_in_progress", { headers: { "retry-after": "1" } });
    }
    for (const { hash } of [key, ...(key.formers ?? [])]) await apiKeys.removeLookup(control, hash);
    await closeSockets(
      { control, hangUp, log },
      key.accountId,
      (holder) => holder.kind === "key" && holder.keyId === key.keyId,
    );
    await apiKeys.remove(control, key);
    return { status: 204, body: undefined };
  },
);
