import { hashPassword, matchesPassword } from "#functions/auth/password.ts";
import { requireUserCaller } from "#functions/auth/require-user-caller.ts";
import { closeSockets } from "#functions/close-sockets.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as loginFailures from "#functions/store/login-failures.ts";
import * as loginStore from "#functions/store/logins.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";

/** A stolen access token is no licence to guess: wrong passwords count as failed sign-ins. */
export const changePassword = implement(
  accountRoutes.changePassword,
  async ({ body, caller }, deps: AccountDeps) => {
    const { control, logins } = deps;
    const { accountId, userId, loginId } = requireUserCaller(caller);
    const user = await users.find(control, accountId, userId);
    if (!user) throw new Fault("unauthenticated");
    const who = { kind: "email", value: user.email } as const;
    await loginFailures.count(logins, who);
    await putPassword(deps, user.email, body);
    await loginFailures.clear(logins, who);
    await users.endOtherLogins(control, user, loginId);
    await closeSockets(
      deps,
      accountId,
      (holder) => holder.kind === "user" && holder.userId === userId && holder.loginId !== loginId,
    );
    return { status: 204, body: undefined };
  },
);

/** A repeated request finds its password in place, and goes on to end the other sign-ins. */
async function putPassword(
  { logins }: AccountDeps,
  email: string,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<void> {
  const login = await loginStore.find(logins, email);
  if (login && (await matchesPassword(currentPassword, login.passwordHash))) {
    const hash = await hashPassword(newPassword);
    if (await loginStore.changePassword(logins, email, login.passwordHash, hash)) return;
  }
  if (login && (await matchesPassword(newPassword, login.passwordHash))) return;
  throw new Fault("invalid_credentials", { detail: "`currentPassword` is not your password." });
}
