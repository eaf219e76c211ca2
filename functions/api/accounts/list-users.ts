import { listPage } from "#functions/api/list-page.ts";
import { implement } from "#functions/middleware/implement.ts";
import { accountPartition } from "#functions/store/sessions.ts";
import { userPrefix } from "#functions/store/users.ts";
import type { UserItem } from "#functions/store/users.ts";
import { userRoutes } from "#shared/routes/users.ts";
import type { AccountDeps } from "./account-deps.ts";
import { requireRank } from "./require-rank.ts";
import { toUser } from "./to-user.ts";

export const listUsers = implement(
  userRoutes.listUsers,
  async ({ caller, query }, { control }: AccountDeps) => {
    requireRank(caller);
    const { page, nextCursor } = await listPage<UserItem>(
      control,
      { partition: accountPartition(caller.accountId), prefix: userPrefix },
      query,
    );
    return { status: 200, body: { data: page.map(toUser), nextCursor } };
  },
);
