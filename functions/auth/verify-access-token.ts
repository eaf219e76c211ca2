import type { Table } from "#functions/store/items.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { readAccessToken } from "./access-token.ts";
import type { Caller } from "./caller.ts";
import { roleScopes } from "./role-scopes.ts";
import type { TokenSecret } from "./token-secret.ts";

/**
 * Costs one read unit a request, and for it signing out, a new role and a removed user count at once.
 * @throws {Fault} `token_expired`, or `unauthenticated` when the sign-in is over
 */
export async function verifyAccessToken(
  { control, tokenSecret }: { control: Table; tokenSecret: TokenSecret },
  token: string,
): Promise<Caller> {
  const login = await readAccessToken({ tokenSecret, now: control.now }, token);
  const user = await users.find(control, login.accountId, login.userId);
  if (user && users.isSignedIn(user, login.loginId, control.now())) {
    const { accountId, userId, role } = user;
    return {
      kind: "user",
      accountId,
      userId,
      loginId: login.loginId,
      role,
      scopes: roleScopes[role],
    };
  }
  throw new Fault("unauthenticated", { detail: "This sign-in has ended. Sign in again." });
}
