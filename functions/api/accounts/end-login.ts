import * as families from "#functions/store/refresh-families.ts";
import * as users from "#functions/store/users.ts";
import type { AccountDeps } from "./account-deps.ts";

/** Ends a sign-in: its access tokens first, which may be in use. */
export async function endLogin(
  { control, logins }: AccountDeps,
  login: { accountId: string; userId: string; loginId: string },
): Promise<void> {
  await users.endLogin(control, login, login.loginId);
  await families.remove(logins, login.loginId);
}
