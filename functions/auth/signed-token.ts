// Tokens that we sign and that only we read: access, refresh and invitation tokens. The audience
// keeps one kind from being taken for another.
import { errors, jwtVerify, SignJWT } from "jose";
import type { JWTPayload } from "jose";
import type { z } from "zod";
import type { TokenSecret } from "./token-secret.ts";

export type Signing = { tokenSecret: TokenSecret; now: () => number };

const issuer = "wafleet";

/** `endsAt` in seconds since 1970. */
export async function signToken(
  { tokenSecret, now }: Signing,
  audience: string,
  claims: JWTPayload,
  endsAt: number,
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(Math.floor(now() / 1000))
    .setExpirationTime(endsAt)
    .sign(await tokenSecret());
}

/** The token's claims; `expired` and `invalid` are all that is told of a bad one. */
export async function readToken<Claims>(
  { tokenSecret, now }: Signing,
  audience: string,
  schema: z.ZodType<Claims>,
  token: string,
): Promise<Claims | "expired" | "invalid"> {
  const secret = await tokenSecret();
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      issuer,
      audience,
      currentDate: new Date(now()),
      requiredClaims: ["exp"],
    });
    return schema.parse(payload);
  } catch (error) {
    return error instanceof errors.JWTExpired ? "expired" : "invalid";
  }
}
