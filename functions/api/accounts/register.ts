import { hashPassword } from "#functions/auth/password.ts";
import { implement } from "#functions/middleware/implement.ts";
import { noteUser } from "#functions/middleware/note-user.ts";
import * as loginStore from "#functions/store/logins.ts";
import { Fault } from "#shared/faults/fault.ts";
import { newId } from "#shared/ids.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { AccountDeps } from "./account-deps.ts";
import { signIn } from "./sign-in.ts";

/** The email is taken first; signing in remakes whatever a crash after that leaves out. */
export const register = implement(
  accountRoutes.register,
  async ({ body, attempt, noted }, deps: AccountDeps) => {
    const { email, password, name: accountName } = body;
    const login = {
      accountId: newId("account", attempt.startedAt),
      userId: newId("user", attempt.startedAt),
      role: "owner" as const,
      accountName,
      passwordHash: await hashPassword(password),
      createdAt: new Date(attempt.startedAt).toISOString(),
    };
    if (!(await loginStore.create(deps.logins, email, login))) throw new Fault("email_taken");
    noteUser(noted, login);
    return { status: 201, body: await signIn(deps, email, login) };
  },
);
