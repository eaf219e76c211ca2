import { roles } from "#shared/contracts/account.ts";
import { Fault } from "#shared/faults/fault.ts";
import { idSchema } from "#shared/ids.ts";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Caller, Role } from "./caller.ts";
import { roleScopes } from "./role-scopes.ts";
import type { TokenSecret } from "./token-secret.ts";

/** Seconds. Short, because a token cannot be revoked. */
export const accessTokenLifetime = 15 * 60;

const issuer = "wafleet";
const audience = "wafleet-api";

const claims = z.object({
  accountId: idSchema("account"),
  userId: idSchema("user"),
  role: z.enum(roles),
});

type Clock = { tokenSecret: TokenSecret; now: () => number };

export async function signAccessToken(
  { tokenSecret, now }: Clock,
  user: { accountId: string; userId: string; role: Role },
): Promise<string> {
  const seconds = Math.floor(now() / 1000);
  const { accountId, userId, role } = user;
  return new SignJWT({ accountId, userId, role })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + accessTokenLifetime)
    .sign(await tokenSecret());
}

/** @throws {Fault} `token_expired`, or `unauthenticated` for anything else that is wrong with it */
export async function verifyAccessToken(
  { tokenSecret, now }: Clock,
  token: string,
): Promise<Caller> {
  const secret = await tokenSecret();
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      issuer,
      audience,
      currentDate: new Date(now()),
      requiredClaims: ["exp"],
    });
    const user = claims.parse(payload);
    return { kind: "user", ...user, scopes: roleScopes[user.role] };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Fault("token_expired");
    throw new Fault("unauthenticated", { detail: "The access token is not valid." });
  }
}
