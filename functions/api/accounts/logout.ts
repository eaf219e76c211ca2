import { requireUserCaller } from "#functions/auth/require-user-caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { endLogin } from "./end-login.ts";

export const logout = implement(accountRoutes.logout, async ({ caller }, deps: AccountDeps) => {
  await endLogin(deps, requireUserCaller(caller));
  return { status: 204, body: undefined };
});
