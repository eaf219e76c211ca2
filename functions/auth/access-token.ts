import { Fault } from "#shared/faults/fault.ts";
import { idSchema } from "#shared/ids.ts";
import { z } from "zod";
import { readToken, signToken } from "./signed-token.ts";
import type { Signing } from "./signed-token.ts";

/** Seconds. */
export const accessTokenLifetime = 15 * 60;

const audience = "wafleet-api";

const claims = z.object({
  accountId: idSchema("account"),
  userId: idSchema("user"),
  loginId: idSchema("login"),
});

/** Names a sign-in; what its user may do, and whether it has ended, is read when it is shown. */
export type AccessClaims = z.infer<typeof claims>;

export function signAccessToken(signing: Signing, login: AccessClaims): Promise<string> {
  const { accountId, userId, loginId } = login;
  const endsAt = Math.floor(signing.now() / 1000) + accessTokenLifetime;
  return signToken(signing, audience, { accountId, userId, loginId }, endsAt);
}

/** @throws {Fault} `token_expired`, or `unauthenticated` for anything else that is wrong with it */
export async function readAccessToken(signing: Signing, token: string): Promise<AccessClaims> {
  const found = await readToken(signing, audience, claims, token);
  if (found === "expired") throw new Fault("token_expired");
  if (found !== "invalid") return found;
  throw new Fault("unauthenticated", { detail: "The access token is not valid." });
}
