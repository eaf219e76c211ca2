import { addressBlock } from "#functions/auth/address-block.ts";
import { matchesPassword } from "#functions/auth/password.ts";
import { implement } from "#functions/middleware/implement.ts";
import { noteUser } from "#functions/middleware/note-user.ts";
import * as loginFailures from "#functions/store/login-failures.ts";
import * as loginStore from "#functions/store/logins.ts";
import { Fault } from "#shared/faults/fault.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { signIn } from "./sign-in.ts";

/** Says the same, after the same time, whether the email or the password is wrong. */
export const login = implement(
  accountRoutes.login,
  async ({ body, ip, noted }, deps: AccountDeps) => {
    const { logins } = deps;
    const byIp = { kind: "ip", value: addressBlock(ip) } as const;
    const byEmail = { kind: "email", value: body.email } as const;
    await loginFailures.requireOpen(logins, byIp);
    await loginFailures.count(logins, byEmail);
    const found = await loginStore.find(logins, body.email);
    if (found) noteUser(noted, found);
    const matches = await matchesPassword(body.password, found?.passwordHash);
    if (!found || !matches) {
      await loginFailures.count(logins, byIp);
      throw new Fault("invalid_credentials");
    }
    await loginFailures.clear(logins, byEmail);
    return { status: 200, body: await signIn(deps, body.email, found) };
  },
);
