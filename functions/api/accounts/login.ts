import { matchesPassword } from "#functions/auth/password.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as loginFailures from "#functions/store/login-failures.ts";
import * as loginStore from "#functions/store/logins.ts";
import { Fault } from "#shared/faults/fault.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { signIn } from "./sign-in.ts";

const failureLimit = 10;

/** Says the same, after the same time, whether the email or the password is wrong. */
export const login = implement(accountRoutes.login, async ({ body }, deps: AccountDeps) => {
  const { logins } = deps;
  const { failures, endsAt } = await loginFailures.recent(logins, body.email);
  if (failures >= failureLimit) throw tooManyFailures(endsAt - deps.now());
  const found = await loginStore.find(logins, body.email);
  const matches = await matchesPassword(body.password, found?.passwordHash);
  if (!found || !matches) {
    await loginFailures.add(logins, body.email);
    throw new Fault("invalid_credentials");
  }
  if (failures > 0) await loginFailures.clear(logins, body.email);
  return { status: 200, body: await signIn(deps, body.email, found) };
});

function tooManyFailures(waitMs: number): Fault {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
  return new Fault("rate_limited", {
    detail: `Signing in failed too often. Try again in ${seconds} seconds.`,
    headers: { "retry-after": seconds },
  });
}
