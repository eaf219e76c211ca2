import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { getMe } from "./get-me.ts";
import { login } from "./login.ts";
import { register } from "./register.ts";

const implementations = { register, login, getMe } satisfies Record<
  keyof typeof accountRoutes,
  RouteImplementation<AccountDeps>
>;

export function createAccountsApi(deps: AccountDeps): ApiHandler {
  return createApi(implementations, deps);
}
