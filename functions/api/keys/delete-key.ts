import { implement } from "#functions/middleware/implement.ts";
import { keyRoutes } from "#shared/routes/keys.ts";
import type { KeyDeps } from "./key-deps.ts";
import { requireKey } from "./require-key.ts";
import { revokeKey } from "./revoke-key.ts";

export const deleteKey = implement(
  keyRoutes.deleteKey,
  async ({ caller, params, log }, { control, hangUp }: KeyDeps) => {
    await revokeKey({ control, hangUp, log }, await requireKey(control, caller, params.keyId));
    return { status: 204, body: undefined };
  },
);
