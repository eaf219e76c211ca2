import { accessTokenLifetime, signAccessToken } from "#functions/auth/access-token.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { LoginItem } from "#functions/store/logins.ts";
import * as accounts from "#functions/store/accounts.ts";
import * as users from "#functions/store/users.ts";
import type { signedInSchema } from "#shared/contracts/account.ts";
import type { z } from "zod";
import { toAccount } from "./to-account.ts";
import { toUser } from "./to-user.ts";

/** Answers with a token, after making the account and user should registering have crashed. */
export async function signIn(
  deps: ApiDeps,
  email: string,
  login: Omit<LoginItem, "pk" | "sk">,
): Promise<z.infer<typeof signedInSchema>> {
  const { control } = deps;
  const { accountId, userId, createdAt, accountName: name } = login;
  const known = await accounts.find(control, accountId);
  if (!known) await accounts.ensure(control, { accountId, name, createdAt });
  const user = await users.find(control, accountId, userId);
  if (!user) await users.ensure(control, { accountId, userId, email, role: login.role, createdAt });
  const role = user?.role ?? login.role;
  return {
    accessToken: await signAccessToken(deps, { accountId, userId, role }),
    tokenType: "Bearer",
    expiresIn: accessTokenLifetime,
    account: toAccount(known ?? { accountId, name, tier: "basic", createdAt }),
    user: toUser(user ?? { userId, email, role, createdAt }),
  };
}
