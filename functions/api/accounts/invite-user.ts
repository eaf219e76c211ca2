import { signInvitation } from "#functions/auth/invitation-token.ts";
import { implement } from "#functions/middleware/implement.ts";
import { expiryAt } from "#functions/store/expiry.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { derivedId } from "#shared/ids.ts";
import { userRoutes } from "#shared/routes/users.ts";
import type { AccountDeps } from "./account-deps.ts";
import { requireRank } from "./require-rank.ts";
import { toUser } from "./to-user.ts";

const lifetimeMs = 7 * 24 * 3_600_000;

/**
 * Whether the email is registered with another account shows when the invitation is accepted, to who
 * holds its token: the inviter learns nothing. Inviting again renews an open invitation.
 */
export const inviteUser = implement(
  userRoutes.inviteUser,
  async ({ body: { email, role }, caller, attempt }, deps: AccountDeps) => {
    const { control } = deps;
    const { accountId } = caller;
    requireRank(caller, role);
    const known = (await users.all(control, accountId)).find((user) => user.email === email);
    if (known && !known.invitation) throw memberAlready();
    if (known) requireRank(caller, known.role);
    const { startedAt, seed } = attempt;
    const invitationId = derivedId("invitation", startedAt, seed);
    const validUntil = new Date(startedAt + lifetimeMs).toISOString();
    const user = {
      accountId,
      userId: known?.userId ?? derivedId("user", startedAt, seed),
      email,
      role,
      invitation: { id: invitationId, validUntil },
      createdAt: known?.createdAt ?? new Date(startedAt).toISOString(),
    };
    if (!(await users.putInvited(control, user))) throw memberAlready();
    const endsAt = expiryAt(startedAt + lifetimeMs);
    const claims = { accountId, userId: user.userId, invitationId };
    const token = await signInvitation(deps, claims, endsAt);
    return { status: 201, body: { user: toUser(user), token, expiresAt: validUntil } };
  },
);

function memberAlready(): Fault {
  return new Fault("email_taken", { detail: "Your account has a user with this email already." });
}
