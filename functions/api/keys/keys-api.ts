import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { keyRoutes } from "#shared/routes/keys.ts";
import { createKey } from "./create-key.ts";
import { deleteKey } from "./delete-key.ts";
import type { KeyDeps } from "./key-deps.ts";
import { listKeys } from "./list-keys.ts";
import { rotateKey } from "./rotate-key.ts";

const implementations = { createKey, listKeys, rotateKey, deleteKey } satisfies Record<
  keyof typeof keyRoutes,
  RouteImplementation<KeyDeps>
>;

export function createKeysApi(deps: KeyDeps): ApiHandler {
  return createApi(implementations, deps);
}
