import { implement } from "#functions/middleware/implement.ts";
import { whileLocked } from "#functions/store/team-lock.ts";
import * as users from "#functions/store/users.ts";
import { Fault } from "#shared/faults/fault.ts";
import { userRoutes } from "#shared/routes/users.ts";
import type { AccountDeps } from "./account-deps.ts";
import { requireOtherOwner } from "./require-other-owner.ts";
import { requireRank } from "./require-rank.ts";
import { toUser } from "./to-user.ts";

export const changeUserRole = implement(
  userRoutes.changeUserRole,
  async ({ caller, params, body: { role } }, { control }: AccountDeps) => {
    const { accountId } = caller;
    // Asked before the lock is taken, so that a stranger's try changes nothing.
    if (!(await users.find(control, accountId, params.userId))) throw new Fault("not_found");
    return whileLocked(control, accountId, async () => {
      const user = await users.find(control, accountId, params.userId);
      if (!user) throw new Fault("not_found");
      requireRank(caller, user.role, role);
      if (role !== "owner") await requireOtherOwner(control, user);
      if (!(await users.changeRole(control, user, role))) throw new Fault("not_found");
      return { status: 200, body: toUser({ ...user, role }) };
    });
  },
);
