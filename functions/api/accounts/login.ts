import { matchesPassword } from "#functions/auth/password.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as loginFailures from "#functions/store/login-failures.ts";
import * as logins from "#functions/store/logins.ts";
import { Fault } from "#shared/faults/fault.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import { signIn } from "./sign-in.ts";

const failureLimit = 10;

/** Says the same, after the same time, whether the email or the password is wrong. */
export const login = implement(accountRoutes.login, async ({ body }, deps: ApiDeps) => {
  const { control } = deps;
  const { failures, endsAt } = await loginFailures.recent(control, body.email);
  if (failures >= failureLimit) throw tooManyFailures(endsAt - deps.now());
  const found = await logins.find(control, body.email);
  const matches = await matchesPassword(body.password, found?.passwordHash);
  if (!found || !matches) {
    await loginFailures.add(control, body.email);
    throw new Fault("invalid_credentials");
  }
  if (failures > 0) await loginFailures.clear(control, body.email);
  return { status: 200, body: await signIn(deps, body.email, found) };
});

function tooManyFailures(waitMs: number): Fault {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
  return new Fault("rate_limited", {
    detail: `Signing in failed too often. Try again in ${seconds} seconds.`,
    headers: { "retry-after": seconds },
  });
}
