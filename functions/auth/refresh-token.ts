import { Fault } from "#shared/faults/fault.ts";
import { idSchema } from "#shared/ids.ts";
import { z } from "zod";
import { readToken, signToken } from "./signed-token.ts";
import type { Signing } from "./signed-token.ts";

/** Seconds that a sign-in lasts, however often it is refreshed. */
export const loginLifetime = 30 * 24 * 3600;

const audience = "wafleet-refresh";

const claims = z.object({
  accountId: idSchema("account"),
  userId: idSchema("user"),
  loginId: idSchema("login"),
  /** How often the sign-in had been refreshed: the store knows the one number that is good. */
  generation: z.int().min(0),
});

export type RefreshClaims = z.infer<typeof claims>;

/** `endsAt` in seconds since 1970: the end of the sign-in. */
export function signRefreshToken(
  signing: Signing,
  { accountId, userId, loginId, generation }: RefreshClaims,
  endsAt: number,
): Promise<string> {
  return signToken(signing, audience, { accountId, userId, loginId, generation }, endsAt);
}

/** @throws {Fault} `refresh_token_invalid` when it is not ours or has expired */
export async function readRefreshToken(signing: Signing, token: string): Promise<RefreshClaims> {
  const found = await readToken(signing, audience, claims, token);
  if (found === "expired" || found === "invalid") throw new Fault("refresh_token_invalid");
  return found;
}
