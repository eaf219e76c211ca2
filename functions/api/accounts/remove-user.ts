import { revokeKey } from "#functions/api/keys/revoke-key.ts";
import { closeSockets } from "#functions/close-sockets.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as apiKeys from "#functions/store/api-keys.ts";
import * as loginStore from "#functions/store/logins.ts";
import { whileLocked } from "#functions/store/team-lock.ts";
import * as users from "#functions/store/users.ts";
import type { UserItem } from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { userRoutes } from "#shared/routes/users.ts";
import type { AccountDeps } from "./account-deps.ts";
import { requireOtherOwner } from "./require-other-owner.ts";
import { requireRank } from "./require-rank.ts";

/**
 * The keys that the user knows go first: a try that ends half-way can be made again while the user is
 * there. Then the email: without it nothing can make the user again.
 */
export const removeUser = implement(
  userRoutes.removeUser,
  async ({ caller, params, query }, deps: AccountDeps) => {
    const { control, logins } = deps;
    const { accountId } = caller;
    if (!(await users.find(control, accountId, params.userId))) throw new Fault("not_found");
    await whileLocked(control, accountId, async () => {
      const user = await users.find(control, accountId, params.userId);
      if (!user) throw new Fault("not_found");
      requireRank(caller, user.role);
      await requireOtherOwner(control, user);
      if (query.keys === "revoke") await revokeKnownKeys(deps, user);
      await loginStore.remove(logins, user);
      await users.remove(control, user);
    });
    await closeSockets(
      deps,
      accountId,
      (holder) => holder.kind === "user" && holder.userId === params.userId,
    );
    return { status: 204, body: undefined };
  },
);

async function revokeKnownKeys(deps: AccountDeps, { accountId, userId }: UserItem): Promise<void> {
  const all = await apiKeys.ofAccount(deps.control, accountId);
  for (const key of all) {
    if (apiKeys.isKnownTo(key, userId, deps.now())) await revokeKey(deps, key);
  }
}
