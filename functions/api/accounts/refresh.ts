import { accessTokenLifetime, signAccessToken } from "#functions/auth/access-token.ts";
import { readRefreshToken, signRefreshToken } from "#functions/auth/refresh-token.ts";
import { implement } from "#functions/middleware/implement.ts";
import { noteUser } from "#functions/middleware/note-user.ts";
import * as families from "#functions/store/refresh-families.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { endLogin } from "./end-login.ts";

/**
 * A token works once, but for an answer that got lost. One that is shown later was copied: by whom
 * cannot be told, so the whole sign-in ends.
 */
export const refresh = implement(
  accountRoutes.refresh,
  async ({ body, noted }, deps: AccountDeps) => {
    const { control, logins, now } = deps;
    const shown = await readRefreshToken(deps, body.refreshToken);
    noteUser(noted, shown);
    const { accountId, userId, loginId } = shown;
    if (!(await families.spend(logins, loginId, shown.generation))) {
      await endLogin(deps, shown);
      throw new Fault("refresh_token_invalid");
    }
    const user = await users.find(control, accountId, userId);
    const endsAt = user?.logins[loginId];
    if (!user || endsAt === undefined || !users.isSignedIn(user, loginId, now())) {
      throw new Fault("refresh_token_invalid");
    }
    const next = { ...shown, generation: shown.generation + 1 };
    return {
      status: 200,
      body: {
        accessToken: await signAccessToken(deps, next),
        tokenType: "Bearer",
        expiresIn: accessTokenLifetime,
        refreshToken: await signRefreshToken(deps, next, endsAt),
        signedInUntil: new Date(endsAt * 1000).toISOString(),
      },
    };
  },
);
