import { closeSockets } from "#functions/close-sockets.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as loginStore from "#functions/store/logins.ts";
import { whileLocked } from "#functions/store/team-lock.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { userRoutes } from "#shared/routes/users.ts";
import type { AccountDeps } from "./account-deps.ts";
import { requireOtherOwner } from "./require-other-owner.ts";
import { requireRank } from "./require-rank.ts";

/** The email goes first: without it nothing can make the user again. */
export const removeUser = implement(
  userRoutes.removeUser,
  async ({ caller, params }, deps: AccountDeps) => {
    const { control, logins } = deps;
    const { accountId } = caller;
    if (!(await users.find(control, accountId, params.userId))) throw new Fault("not_found");
    await whileLocked(control, accountId, async () => {
      const user = await users.find(control, accountId, params.userId);
      if (!user) throw new Fault("not_found");
      requireRank(caller, user.role);
      await requireOtherOwner(control, user);
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
