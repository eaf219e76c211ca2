import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { accountRoutes } from "#shared/routes/accounts.ts";
import type { userRoutes } from "#shared/routes/users.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import type { AccountDeps } from "./account-deps.ts";
import { changePassword } from "./change-password.ts";
import { changeUserRole } from "./change-user-role.ts";
import { getMe } from "./get-me.ts";
import { inviteUser } from "./invite-user.ts";
import { listUsers } from "./list-users.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { refresh } from "./refresh.ts";
import { register } from "./register.ts";
import { removeUser } from "./remove-user.ts";

const implementations = {
  register,
  login,
  refresh,
  logout,
  changePassword,
  acceptInvitation,
  getMe,
  inviteUser,
  listUsers,
  changeUserRole,
  removeUser,
} satisfies Record<
  keyof typeof accountRoutes | keyof typeof userRoutes,
  RouteImplementation<AccountDeps>
>;

export function createAccountsApi(deps: AccountDeps): ApiHandler {
  return createApi(implementations, deps);
}
