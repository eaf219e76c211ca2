import { hashPassword, matchesPassword } from "#functions/auth/password.ts";
import { implement } from "#functions/middleware/implement.ts";
import type { Attempt } from "#functions/middleware/implement.ts";
import { noteUser } from "#functions/middleware/note-user.ts";
import * as loginStore from "#functions/store/logins.ts";
import type { LoginItem } from "#functions/store/logins.ts";
import type { registerBody } from "#shared/contracts/account.ts";
import { Fault } from "#shared/faults/fault.ts";
import { newId } from "#shared/ids.ts";
import { accountRoutes } from "#shared/routes/accounts.ts";
import type { z } from "zod";
import type { AccountDeps } from "./account-deps.ts";
import { signIn } from "./sign-in.ts";

/** What an Idempotency-Key is kept for everywhere. */
const repeatableMs = 24 * 3_600_000;

/**
 * The email is taken first; signing in remakes whatever a crash after that leaves out. Who did not
 * hear the answer asks again with the same Idempotency-Key, and is signed in anew.
 */
export const register = implement(
  accountRoutes.register,
  async ({ body, attempt, noted }, deps: AccountDeps) => {
    const { email, password, name: accountName } = body;
    const { keyHash, startedAt } = attempt;
    const fresh = {
      accountId: newId("account", startedAt),
      userId: newId("user", startedAt),
      role: "owner" as const,
      accountName,
      passwordHash: await hashPassword(password),
      createdAt: new Date(startedAt).toISOString(),
      keyHash,
    };
    const isNew = await loginStore.create(deps.logins, email, fresh);
    const login = isNew ? fresh : await requireOwn(deps, body, attempt);
    noteUser(noted, login);
    return { status: 201, body: await signIn(deps, email, login) };
  },
);

/** What an earlier try has registered. Whoever does not know its key learns that the email is taken. */
async function requireOwn(
  { logins }: AccountDeps,
  { email, password, name }: z.infer<typeof registerBody>,
  { keyHash, startedAt }: Attempt,
): Promise<LoginItem> {
  const found = keyHash === undefined ? undefined : await loginStore.find(logins, email);
  const isRepeated =
    found?.keyHash === keyHash && startedAt - Date.parse(found?.createdAt ?? "") < repeatableMs;
  if (!found || !isRepeated) throw new Fault("email_taken");
  const isSame =
    found.accountName === name && (await matchesPassword(password, found.passwordHash));
  if (!isSame) throw new Fault("idempotency_key_reused");
  return found;
}
