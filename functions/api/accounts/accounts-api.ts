import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { accountRoutes } from "#shared/routes/accounts.ts";
import { getMe } from "./get-me.ts";
import { login } from "./login.ts";
import { register } from "./register.ts";

const implementations = { register, login, getMe } satisfies Record<
  keyof typeof accountRoutes,
  RouteImplementation<ApiDeps>
>;

export function createAccountsApi(deps: ApiDeps): ApiHandler {
  return createApi(implementations, deps);
}
