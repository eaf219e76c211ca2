import { accessTokenLifetime, signAccessToken } from "#functions/auth/access-token.ts";
import { loginLifetime, signRefreshToken } from "#functions/auth/refresh-token.ts";
import * as accounts from "#functions/store/accounts.ts";
import { expiryAt } from "#functions/store/expiry.ts";
import type { LoginItem } from "#functions/store/logins.ts";
import * as loginStore from "#functions/store/logins.ts";
import * as families from "#functions/store/refresh-families.ts";
import * as users from "#functions/store/users.ts";
import type { UserItem } from "#functions/store/users.ts";
import type { signedInSchema } from "#shared/contracts/account.ts";
import { Fault } from "#shared/faults/fault.ts";
import { newId } from "#shared/ids.ts";
import type { z } from "zod";
import type { AccountDeps } from "./account-deps.ts";
import { toAccount } from "./to-account.ts";
import { toUser } from "./to-user.ts";

type Login = Omit<LoginItem, "pk" | "sk">;

/** Answers with tokens, after making the account and user should registering have crashed. */
export async function signIn(
  deps: AccountDeps,
  email: string,
  login: Login,
): Promise<z.infer<typeof signedInSchema>> {
  const { control, logins } = deps;
  const { accountId, accountName: name, createdAt } = login;
  const account = (await accounts.find(control, accountId)) ?? {
    accountId,
    name,
    tier: "basic",
    createdAt,
  };
  await accounts.ensure(control, account);
  const user = await requireUser(deps, email, login);
  const { userId } = user;
  const loginId = newId("login", deps.now());
  const endsAt = expiryAt(deps.now()) + loginLifetime;
  if (!(await users.startLogin(control, user, loginId, endsAt))) {
    throw new Fault("invalid_credentials");
  }
  await families.create(logins, loginId, endsAt);
  const claims = { accountId, userId, loginId, generation: 0 };
  return {
    accessToken: await signAccessToken(deps, claims),
    tokenType: "Bearer",
    expiresIn: accessTokenLifetime,
    refreshToken: await signRefreshToken(deps, claims, endsAt),
    signedInUntil: new Date(endsAt * 1000).toISOString(),
    account: toAccount(account, deps.sessionLimits),
    user: toUser(user),
  };
}

/** The user; one that a crash has left out, or left invited after accepting, is completed. */
async function requireUser(
  { control, logins }: AccountDeps,
  email: string,
  { accountId, userId, role, createdAt }: Login,
): Promise<UserItem> {
  const known = await users.find(control, accountId, userId);
  if (known) {
    const { invitation, ...user } = known;
    if (invitation) await users.acceptInvitation(control, user, invitation.id);
    return user;
  }
  await users.ensure(control, { accountId, userId, email, role, createdAt });
  const made = await users.find(control, accountId, userId);
  // Removing a user removes the email first: without it, this one was removed just now.
  const still = await loginStore.find(logins, email);
  if (made && still?.userId === userId) return made;
  if (made) await users.remove(control, made);
  throw new Fault("invalid_credentials");
}
