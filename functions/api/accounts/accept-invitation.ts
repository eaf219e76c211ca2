import { readInvitation } from "#functions/auth/invitation-token.ts";
import { hashPassword } from "#functions/auth/password.ts";
import { implement } from "#functions/middleware/implement.ts";
import { noteUser } from "#functions/middleware/note-user.ts";
import * as accounts from "#functions/store/accounts.ts";
import * as loginStore from "#functions/store/logins.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { signIn } from "./sign-in.ts";

/** The email is taken first; signing in completes what a crash after that leaves out. */
export const acceptInvitation = implement(
  accountRoutes.acceptInvitation,
  async ({ body, noted }, deps: AccountDeps) => {
    const { control, logins } = deps;
    const { accountId, userId, invitationId } = await readInvitation(deps, body.token);
    noteUser(noted, { accountId, userId });
    const user = await users.find(control, accountId, userId);
    if (user?.invitation?.id !== invitationId) throw new Fault("invitation_invalid");
    const { email, role, createdAt } = user;
    const { name: accountName } = await accounts.get(control, accountId);
    const passwordHash = await hashPassword(body.password);
    const login = { accountId, userId, role, accountName, passwordHash, createdAt };
    if (!(await loginStore.create(logins, email, login))) throw new Fault("email_taken");
    if (!(await users.acceptInvitation(control, user, invitationId))) {
      await loginStore.remove(logins, { email, userId });
      throw new Fault("invitation_invalid");
    }
    return { status: 201, body: await signIn(deps, email, login) };
  },
);
