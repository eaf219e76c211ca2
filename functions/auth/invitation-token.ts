import { Fault } from "#shared/faults/fault.ts";
import { idSchema } from "#shared/ids.ts";
import { z } from "zod";
import { readToken, signToken } from "./signed-token.ts";
import type { Signing } from "./signed-token.ts";

const audience = "wafleet-invitation";

const claims = z.object({
  accountId: idSchema("account"),
  userId: idSchema("user"),
  invitationId: idSchema("invitation"),
});

export type InvitationClaims = z.infer<typeof claims>;

/** `endsAt` in seconds since 1970. */
export function signInvitation(
  signing: Signing,
  { accountId, userId, invitationId }: InvitationClaims,
  endsAt: number,
): Promise<string> {
  return signToken(signing, audience, { accountId, userId, invitationId }, endsAt);
}

/** @throws {Fault} `invitation_invalid` when it is not ours or has expired */
export async function readInvitation(signing: Signing, token: string): Promise<InvitationClaims> {
  const found = await readToken(signing, audience, claims, token);
  if (found === "expired" || found === "invalid") throw new Fault("invitation_invalid");
  return found;
}
