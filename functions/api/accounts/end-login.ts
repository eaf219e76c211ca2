import { closeSockets } from "#functions/close-sockets.ts";
import * as families from "#functions/store/refresh-families.ts";
import * as users from "#functions/store/users.ts";
import type { AccountDeps } from "./account-deps.ts";

/** Ends a sign-in: its access tokens first, which may be in use. */
export async function endLogin(
  deps: AccountDeps,
  login: { accountId: string; userId: string; loginId: string },
): Promise<void> {
  const { accountId, loginId } = login;
  await users.endLogin(deps.control, login, loginId);
  await families.remove(deps.logins, loginId);
  await closeSockets(
    deps,
    accountId,
    (holder) => holder.kind === "user" && holder.loginId === loginId,
  );
}
