import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { keyRoutes } from "#shared/routes/keys.ts";
import { createKey } from "./create-key.ts";
import { deleteKey } from "./delete-key.ts";
import { listKeys } from "./list-keys.ts";

const implementations = { createKey, listKeys, deleteKey } satisfies Record<
  keyof typeof keyRoutes,
  RouteImplementation<ApiDeps>
>;

export function createKeysApi(deps: ApiDeps): ApiHandler {
  return createApi(implementations, deps);
}
